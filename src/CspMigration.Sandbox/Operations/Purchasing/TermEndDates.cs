using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>
/// The days on which a first term may end early: with a calendar month, or with another subscription of the customer.
/// Source: https://learn.microsoft.com/partner-center/developer/custom-term-end-dates.
/// </summary>
internal static class TermEndDates
{
    private const string Month = "P1M";
    private const int FirstUnalignableDay = 28;

    /// <summary>Whether a term that begins on this day can end on that one.</summary>
    public static bool IsAllowed(Account account, DateTimeOffset firstDay, string term, DateTimeOffset lastDay) =>
        IsWithin(firstDay, term, lastDay)
        && (IsMonthEnd(lastDay) || lastDay == TermCalendar.LastDay(firstDay, term) || Subscriptions(account, firstDay, term).Any(other => EndsOn(other, lastDay)));

    public static bool IsWithin(DateTimeOffset firstDay, string term, DateTimeOffset lastDay) =>
        lastDay > firstDay && lastDay <= TermCalendar.LastDay(firstDay, term);

    /// <summary>The subscriptions that a term can be aligned with: no trials, and no monthly terms for an annual one.</summary>
    public static IEnumerable<Subscription> Subscriptions(Account account, DateTimeOffset firstDay, string term) => account.Subscriptions.Where(other =>
        other is { Commerce: Commerce.New, IsLive: true, IsTrial: false }
        && (term == Month ? IsMonthEnd(other.CommitmentEndDate) || other.CommitmentEndDate.Day < FirstUnalignableDay : other.Term != Month)
        && other.CommitmentEndDate <= TermCalendar.LastDay(firstDay, term));

    /// <summary>The last end of a month within a term; the end of the term if it contains none.</summary>
    public static DateTimeOffset LastMonthEnd(DateTimeOffset firstDay, string term)
    {
        var lastDay = TermCalendar.LastDay(firstDay, term);
        var end = IsMonthEnd(lastDay) ? lastDay : new DateTimeOffset(lastDay.Year, lastDay.Month, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-1);
        return end > firstDay ? end : lastDay;
    }

    private static bool IsMonthEnd(DateTimeOffset day) => day.AddDays(1).Day == 1;

    // A longer term can also end with a later term of the other subscription.
    private static bool EndsOn(Subscription other, DateTimeOffset day)
    {
        var end = other.CommitmentEndDate;
        while (end < day)
        {
            end = TermCalendar.LastDay(end.AddDays(1), other.Term);
        }

        return end == day;
    }
}
