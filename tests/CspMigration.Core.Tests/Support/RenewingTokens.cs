using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Tests.Support;

/// <summary>Gives one token after the other: the next for each that is refused.</summary>
internal sealed class RenewingTokens(params string[] values) : IAccessTokenSource
{
    private readonly ConcurrentQueue<string?> _refused = new();

    public string Mode => "Test";

    public bool CanRenew { get; init; } = true;

    /// <summary>What was refused at each asking; null where a first token was asked for.</summary>
    public IReadOnlyCollection<string?> Refused => _refused;

    public Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken)
    {
        _refused.Enqueue(refused?.Value);
        var next = refused is null ? 0 : System.Array.IndexOf(values, refused.Value) + 1;
        return Task.FromResult(AccessToken.Of(values[next]));
    }
}
