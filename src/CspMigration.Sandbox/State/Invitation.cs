using System;
using System.Threading;

namespace CspMigration.Sandbox.State;

/// <summary>
/// The partner's relationship request. A day later every customer without a reseller relationship has accepted it.
/// </summary>
internal sealed class Invitation
{
    private static readonly TimeSpan Deliberation = TimeSpan.FromDays(1);

    private long _requestedAt;

    public void Request(DateTimeOffset now) => Interlocked.CompareExchange(ref _requestedAt, now.UtcTicks, 0);

    /// <summary>True once, at the first call after it was accepted.</summary>
    public bool TryAccept(DateTimeOffset now)
    {
        var requestedAt = Interlocked.Read(ref _requestedAt);
        return requestedAt > 0
            && now.UtcTicks >= requestedAt + Deliberation.Ticks
            && Interlocked.CompareExchange(ref _requestedAt, 0, requestedAt) == requestedAt;
    }
}
