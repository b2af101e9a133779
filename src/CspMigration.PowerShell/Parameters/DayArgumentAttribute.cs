using System;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CspMigration.PowerShell.Parameters;

/// <summary>
/// Takes a day also as the module's own objects have it, a moment with its offset such as <c>$source.CommitmentEndDate</c>, and as its messages
/// write it, <c>2027-01-05</c>: PowerShell would read the year by the calendar of the culture, in Thai as 1484.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DayArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex IsoDate = new("^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return ArgumentValue.Of(inputData) switch
        {
            // A midnight is the day that is written, whatever its offset.
            DateTimeOffset { TimeOfDay.Ticks: 0 } day => DateTime.SpecifyKind(day.Date, DateTimeKind.Unspecified),
            DateTimeOffset moment => moment.UtcDateTime,
            string text when IsoDate.IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var written) => written,
            _ => inputData,
        };
    }
}
