using System;
using CspMigration.Contracts;

namespace CspMigration.Core.Customers;

/// <summary>For how long source and target are both billed, if the source is ended as by default (docs/rules.md, rule 29).</summary>
internal static class Overlap
{
    /// <summary>The UTC days after the first of the target, through the last of the source's term.</summary>
    /// <returns>Null where the source's end, or the target's beginning, is not known.</returns>
    public static int? DaysOf(ExpiringSubscription source, TargetOutcome outcome, DateTimeOffset? effectiveOn)
    {
        return outcome is TargetOutcome.Reused or TargetOutcome.Converted or TargetOutcome.Transitioned or TargetOutcome.Scheduled ? 0
            : source.Commerce == CommerceKind.Legacy ? 0
            : source.Commerce == CommerceKind.OtherChannel || source.CommitmentEndDate is not { } end || effectiveOn is not { } begin ? null
            : Math.Max(0, (end.UtcDateTime.Date - begin.UtcDateTime.Date).Days);
    }

    /// <summary>Its days times the seats that are billed twice: the smaller of the source's and the target's.</summary>
    /// <returns>0 for a source that another one's purchase covers; null where the days are not known.</returns>
    public static long? SeatDaysOf(TargetSubscription target)
    {
        return target.Outcome == TargetOutcome.Covered ? 0 : (long?)target.OverlapDays * Math.Min(target.Source?.Quantity ?? 0, target.Quantity);
    }

    /// <summary>The first moment after a term.</summary>
    public static DateTimeOffset? FirstMomentAfter(DateTimeOffset? lastMoment)
    {
        return lastMoment is { } end ? new DateTimeOffset(end.UtcDateTime.Date, TimeSpan.Zero).AddDays(1) : null;
    }
}
