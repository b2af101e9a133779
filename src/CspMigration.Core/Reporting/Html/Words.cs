using System;
using System.Globalization;
using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Html;

/// <summary>How the page says numbers, dates and outcomes.</summary>
internal static class Words
{
    public const string None = "–";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(int number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    public static string Date(DateTimeOffset date) => Date(date.UtcDateTime);

    public static string Date(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string DateOrNone(DateTimeOffset? date) => date is { } day ? Date(day) : None;

    public static string Outcome(UserMoveOutcome outcome)
    {
        return outcome switch
        {
            UserMoveOutcome.Skipped => "Left on purpose",
            UserMoveOutcome.NoUsageLocation => "No usage location",
            UserMoveOutcome.GroupHeld => "License held through a group",
            UserMoveOutcome.NoFreeSeat => "No free seat",
            UserMoveOutcome.ConflictingPlans => "Conflicting service plans",
            UserMoveOutcome.UserDeleted => "User deleted",
            _ => "Refused",
        };
    }
}
