using System;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes an id in each form in which a GUID is written, with braces, without dashes or with spaces around, and as a GUID; and writes it as the service does.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class IdArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // An id that has the service's form keeps its casing.
        return ArgumentValue.Of(inputData) switch
        {
            Guid id => id.ToString("D"),
            string text when Guid.TryParseExact(text.Trim(), "D", out _) => text.Trim(),
            string text when Guid.TryParse(text, out var id) => id.ToString("D"),
            _ => inputData,
        };
    }
}
