using System;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>Days of terms, which end with their last moment, UTC. What has no end has the last year there is.</summary>
internal static class TermDates
{
    /// <summary>Whether a date stands for "without an end".</summary>
    public static bool IsEndless(DateTimeOffset date) => date.Year == DateTimeOffset.MaxValue.Year;

    /// <summary>The last moment of a day, or of one so many days later; a date without an end stays as it is.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset date, int daysLater = 0)
    {
        return IsEndless(date) ? date : new DateTimeOffset(date.UtcDateTime.Date, TimeSpan.Zero).AddDays(daysLater + 1).AddSeconds(-1);
    }
}
