using System;
using System.Globalization;

namespace CspMigration.Sandbox.State;

/// <summary>Terms and days, all in UTC.</summary>
internal static class TermCalendar
{
    private static readonly DateTimeOffset AnyDay = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Day(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>The first moment after a day.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset day) => Day(day).AddDays(1);

    /// <summary>The last day of a term that begins on this day: one year from January 14 ends on January 13.</summary>
    public static DateTimeOffset LastDay(DateTimeOffset firstDay, string term) => Add(Day(firstDay), term).AddDays(-1);

    /// <summary>Whether one period is shorter than another.</summary>
    public static bool IsShorter(string term, string other) => Add(AnyDay, term) < Add(AnyDay, other);

    private static DateTimeOffset Add(DateTimeOffset day, string term)
    {
        var number = int.Parse(term.Substring(1, term.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        switch (term[term.Length - 1])
        {
            case 'D':
                return day.AddDays(number);
            case 'M':
                return day.AddMonths(number);
            default:
                return day.AddYears(number);
        }
    }
}
