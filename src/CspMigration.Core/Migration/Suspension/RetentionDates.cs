using System;

namespace CspMigration.Core.Migration.Suspension;

/// <summary>
/// What happens to a suspended subscription when (design rule 24): it can be made active again, and its data is kept,
/// until the earlier of 90 days after the suspension and the end of its term; the latest any document names for the
/// end of the data is 120 days. Days end with their last moment, UTC.
/// </summary>
internal static class RetentionDates
{
    private const int ReactivationDays = 90;
    private const int LastDays = 120;

    public static DateTimeOffset ReactivateBefore(DateTimeOffset suspendedOn, DateTimeOffset? commitmentEnd)
    {
        var end = EndOfDay(suspendedOn, ReactivationDays);
        return commitmentEnd is { } term && EndOfDay(term, 0) < end ? EndOfDay(term, 0) : end;
    }

    public static DateTimeOffset DataDeletedBy(DateTimeOffset suspendedOn) => EndOfDay(suspendedOn, LastDays);

    private static DateTimeOffset EndOfDay(DateTimeOffset date, int daysLater)
    {
        return new DateTimeOffset(date.UtcDateTime.Date, TimeSpan.Zero).AddDays(daysLater + 1).AddSeconds(-1);
    }
}
