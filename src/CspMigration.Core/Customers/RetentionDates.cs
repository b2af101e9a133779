using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// What happens to a suspended subscription when (docs/rules.md, rule 24): it can be made active again, and its data is kept,
/// until the earlier of 90 days after the suspension and the end of its term; the latest any document names for the
/// end of the data is 120 days. Days end with their last moment, UTC.
/// </summary>
internal static class RetentionDates
{
    private const int ReactivationDays = 90;
    private const int LastDays = 120;

    /// <summary>The same subscription with its dates; none where it is not suspended.</summary>
    /// <param name="ended">The subscription.</param>
    /// <param name="suspendedOn">When it was suspended; null where it was not, or where unknown.</param>
    /// <param name="commitmentEnd">The end of its term; null where unknown.</param>
    public static SuspendedSubscription AddTo(SuspendedSubscription ended, DateTimeOffset? suspendedOn, DateTimeOffset? commitmentEnd)
    {
        if (suspendedOn is not { } since)
        {
            // Until its term ends it can be had renew again; afterwards it is gone for good.
            return ended.Outcome == SuspensionOutcome.EndsWithTerm && commitmentEnd is { } last ? ended with { ReactivateBefore = TermDates.EndOfDay(last) } : ended;
        }

        var deadline = ReactivateBefore(since, commitmentEnd);
        return ended with { SuspendedOn = since, ReactivateBefore = deadline, DataDeletedFrom = deadline, DataDeletedBy = TermDates.EndOfDay(since, LastDays) };
    }

    /// <summary>Whether a subscription that is suspended now could not be made active on a later day: its term ends today, or has ended.</summary>
    public static bool IsLastDayToReactivate(DateTimeOffset now, DateTimeOffset? commitmentEnd) => ReactivateBefore(now, commitmentEnd) <= TermDates.EndOfDay(now);

    /// <summary>Whether the term is over, and with it every chance to make the subscription active again; a term whose end is unknown is not.</summary>
    public static bool IsTermOver(DateTimeOffset now, DateTimeOffset? commitmentEnd) => commitmentEnd is { } end && TermDates.EndOfDay(end) < now;

    private static DateTimeOffset ReactivateBefore(DateTimeOffset suspendedOn, DateTimeOffset? commitmentEnd)
    {
        var end = TermDates.EndOfDay(suspendedOn, ReactivationDays);
        return commitmentEnd is { } term && TermDates.EndOfDay(term) < end ? TermDates.EndOfDay(term) : end;
    }
}
