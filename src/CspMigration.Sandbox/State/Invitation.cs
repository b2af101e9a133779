using System;
using System.Threading;

namespace CspMigration.Sandbox.State;

/// <summary>
/// The partner's invitation to become its customer. Nothing reports that it was accepted: a day after it was asked for, those
/// who had no relationship, or only an advisor's, are customers.
/// </summary>
internal sealed class Invitation
{
    private static readonly TimeSpan Deliberation = TimeSpan.FromDays(1);

    private long _requestedAt;

    public void Request(DateTimeOffset now) => Interlocked.CompareExchange(ref _requestedAt, now.UtcTicks, 0);

    /// <summary>True once, when it has just been accepted.</summary>
    public bool TryAccept(DateTimeOffset now)
    {
        var requestedAt = Interlocked.Read(ref _requestedAt);
        return requestedAt > 0
            && now.UtcTicks >= requestedAt + Deliberation.Ticks
            && Interlocked.CompareExchange(ref _requestedAt, 0, requestedAt) == requestedAt;
    }
}
