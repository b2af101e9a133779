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

    private long _askedFor;

    public void Ask(DateTimeOffset now) => Interlocked.CompareExchange(ref _askedFor, now.UtcTicks, 0);

    /// <summary>True once, when it has just been accepted.</summary>
    public bool TakeAcceptance(DateTimeOffset now)
    {
        var askedFor = Interlocked.Read(ref _askedFor);
        return askedFor > 0
            && now.UtcTicks >= askedFor + Deliberation.Ticks
            && Interlocked.CompareExchange(ref _askedFor, 0, askedFor) == askedFor;
    }
}
