using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>
/// The refresh tokens the service issues. The library shows them nowhere but in its serialized cache; from there each is
/// taken once, kept as the latest, and handed out.
/// </summary>
internal sealed class IssuedRefreshTokens
{
    private readonly Action<SecureString>? _handler;
    private readonly ConcurrentQueue<string> _waiting = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <param name="given">The one the user brought; null for none.</param>
    /// <param name="handler">Gets each new one; null where they are not needed.</param>
    public IssuedRefreshTokens(string? given, Action<SecureString>? handler)
    {
        _handler = handler;
        Latest = given;
        if (given is not null)
        {
            _ = _known.Add(given);
        }
    }

    /// <summary>The one to use next; null before there is any.</summary>
    public string? Latest { get; private set; }

    /// <summary>The last sign-in at the partner's own tenant, which may be under way: the refresh token it redeems may be refused elsewhere from then on.</summary>
    public Task Rotation { get; set; } = Task.CompletedTask;

    /// <summary>The cache they are in, as it was last; null before there is any.</summary>
    public byte[]? Cache { get; private set; }

    /// <summary>Watches a cache. Not through the other slot, which the encrypted store needs.</summary>
    public void Watch(ITokenCache cache) => cache.SetAfterAccessAsync(access =>
    {
        Cache = access.TokenCache.SerializeMsalV3();
        Enqueue(Read(Cache), access.HasStateChanged);
        return Task.CompletedTask;
    });

    /// <summary>Emits the tokens that were not emitted yet. What a stopped command leaves waits for the next.</summary>
    public void Emit(IOperationObserver observer)
    {
        if (_handler is not null && !_waiting.IsEmpty)
        {
            observer.RunHandler(EmitNow);
        }
    }

    private static List<string> Read(byte[] cache)
    {
        var entries = JObject.Parse(Encoding.UTF8.GetString(cache))["RefreshToken"] as JObject;
        return entries is null
            ? []
            : [.. entries.Properties().Select(entry => (string?)entry.Value["secret"]).OfType<string>().Where(secret => secret.Length > 0)];
    }

    // What the cache holds when it is only read comes from an earlier session.
    private void Enqueue(List<string> secrets, bool isNew)
    {
        lock (_known)
        {
            foreach (var secret in secrets.Where(_known.Add))
            {
                if (isNew)
                {
                    Latest = secret;
                    _waiting.Enqueue(secret);
                }
            }
        }
    }

    private void EmitNow()
    {
        while (_waiting.TryDequeue(out var text))
        {
            _handler!(SecretText.Of(text));
        }
    }
}
