using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.SignIn;

/// <summary>
/// What tokens can be had for. Anything will do as a first refresh token or authorization code, but each only once: a
/// refresh token is answered with the next.
/// </summary>
internal sealed class Grants
{
    /// <summary>How long somebody has to enter a device code.</summary>
    public static readonly TimeSpan DeviceCodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often to ask whether somebody has.</summary>
    public static readonly TimeSpan DeviceCodeInterval = TimeSpan.FromSeconds(1);

    private const string RefreshPrefix = "sandbox-refresh.";

    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _deviceCodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _spent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _clients = new(StringComparer.Ordinal);
    private readonly IdSource _ids;
    private long _issued;

    public Grants(IdSource ids)
    {
        _ids = ids;
    }

    /// <summary>The libraries that have asked for tokens.</summary>
    public IReadOnlyList<string> Clients => _clients.Keys.OrderBy(client => client, StringComparer.Ordinal).ToList();

    public void Saw(string client) => _clients.TryAdd(client, 0);

    /// <summary>An id nobody has had yet.</summary>
    public string NextId() => _ids.Guid("token/" + Interlocked.Increment(ref _issued).ToString(CultureInfo.InvariantCulture));

    public string NextRefreshToken(DateTimeOffset now) =>
        RefreshPrefix + NextId() + "." + now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public void RedeemRefreshToken(string token, DateTimeOffset now)
    {
        var isOld = token.StartsWith(RefreshPrefix, StringComparison.Ordinal)
            && long.TryParse(token.Split('.').Last(), NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
            && now >= DateTimeOffset.FromUnixTimeSeconds(issued) + RefreshLifetime;
        if (isOld || !_spent.TryAdd(token, 0))
        {
            throw SignInException.Spent("refresh token");
        }
    }

    public void RedeemCode(string code)
    {
        if (!_spent.TryAdd(code, 0))
        {
            throw SignInException.Spent("authorization code");
        }
    }

    public string NextDeviceCode(DateTimeOffset now)
    {
        var code = NextId();
        _deviceCodes[code] = now;
        return code;
    }

    /// <summary>The user enters the code as soon as the device may ask.</summary>
    public void RedeemDeviceCode(string code, DateTimeOffset now)
    {
        if (!_deviceCodes.TryGetValue(code, out var issuedOn))
        {
            throw SignInException.Spent("device code");
        }

        if (now >= issuedOn + DeviceCodeLifetime)
        {
            throw SignInException.DeviceCodeExpired();
        }

        if (now < issuedOn + DeviceCodeInterval)
        {
            throw SignInException.Pending();
        }

        if (!_deviceCodes.TryRemove(code, out _))
        {
            throw SignInException.Spent("device code");
        }
    }
}
