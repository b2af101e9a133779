using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>For how long source and target are both billed (docs/rules.md, rule 29).</summary>
internal static class Overlap
{
    /// <summary>The UTC days after the first of the target, through the last on which the source is billed.</summary>
    /// <param name="source">The source.</param>
    /// <param name="outcome">How its target was obtained.</param>
    /// <param name="effectiveOn">From when the target is there.</param>
    /// <param name="ending">How the source was ended for its migration; null where it was not: it counts as ended by default then.</param>
    /// <param name="endedOn">When that was done.</param>
    /// <returns>Null where the source's end, or the target's beginning, is not known.</returns>
    public static int? DaysOf(ExpiringSubscription source, TargetOutcome outcome, DateTimeOffset? effectiveOn, SuspensionOutcome? ending = null, DateTimeOffset? endedOn = null)
    {
        // Any other ending leaves new commerce billed through its term.
        var lastOn = ending is SuspensionOutcome.Cancelled or SuspensionOutcome.AlreadyEnded && endedOn < source.CommitmentEndDate ? endedOn : source.CommitmentEndDate;
        return outcome is TargetOutcome.Reused or TargetOutcome.Converted or TargetOutcome.Transitioned or TargetOutcome.Scheduled ? 0
            : source.Commerce == CommerceKind.Legacy && ending != SuspensionOutcome.LeftToTermEnd ? 0
            : source.Commerce == CommerceKind.OtherChannel || lastOn is not { } end || effectiveOn is not { } begin ? null
            : Math.Max(0, (end.UtcDateTime.Date - begin.UtcDateTime.Date).Days);
    }

    /// <summary>Its days times the seats that are billed twice: the smaller of the source's and the target's.</summary>
    /// <returns>0 for a source that another one's purchase covers; null where the days are not known.</returns>
    public static long? SeatDaysOf(TargetSubscription target)
    {
        return target.Outcome == TargetOutcome.Covered ? 0 : (long?)target.OverlapDays * Math.Min(target.Source?.Quantity ?? 0, target.Quantity);
    }

    /// <summary>The first moment after a term; null for one without an end.</summary>
    public static DateTimeOffset? FirstMomentAfter(DateTimeOffset? lastMoment)
    {
        return lastMoment is { } end && !TermDates.IsEndless(end) ? new DateTimeOffset(end.UtcDateTime.Date, TimeSpan.Zero).AddDays(1) : null;
    }
}
