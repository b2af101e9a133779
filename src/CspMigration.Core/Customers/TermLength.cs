using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Customers;

/// <summary>How long a term is, counted in UTC days as the service counts.</summary>
internal static class TermLength
{
    private static readonly Regex Period = new("^P([0-9]{1,3})([DMY])$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The last day of a term that begins on a day: a year from 14 January ends with 13 January. Null for a term that is no count of days, months or years.</summary>
    /// <param name="firstDay">The day on which it begins.</param>
    /// <param name="term">An ISO 8601 period, such as <c>P1Y</c>.</param>
    public static DateTime? LastDay(DateTime firstDay, string term)
    {
        if (Period.Match(term) is not { Success: true } match)
        {
            return null;
        }

        var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var next = match.Groups[2].Value.ToUpperInvariant() switch
        {
            "D" => firstDay.AddDays(count),
            "M" => firstDay.AddMonths(count),
            _ => firstDay.AddYears(count),
        };
        return next.AddDays(-1);
    }
}
