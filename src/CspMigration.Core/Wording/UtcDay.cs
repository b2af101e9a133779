using System;
using System.Globalization;

namespace CspMigration.Core.Wording;

/// <summary>How messages name a day: by UTC, as the service counts terms, whatever offset it wrote and wherever the user sits.</summary>
internal static class UtcDay
{
    /// <summary>The day, such as <c>2027-01-13</c>; null stays null.</summary>
    public static string? Of(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day of a time that is UTC already.</summary>
    public static string Of(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
