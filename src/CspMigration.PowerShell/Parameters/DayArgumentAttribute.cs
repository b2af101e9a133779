using System;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes a day also as the module's own objects have it: a moment with its offset, such as <c>$source.CommitmentEndDate</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DayArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return ArgumentValue.Of(inputData) switch
        {
            // A midnight is the day that is written, whatever its offset.
            DateTimeOffset { TimeOfDay.Ticks: 0 } day => DateTime.SpecifyKind(day.Date, DateTimeKind.Unspecified),
            DateTimeOffset moment => moment.UtcDateTime,
            _ => inputData,
        };
    }
}
