using System;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes true and false also as texts, as a file has them: <c>'False'</c>, which PowerShell alone would take for a true value or refuse.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class FlagArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = ArgumentValue.Of(inputData);
        return value switch
        {
            null => throw new ArgumentTransformationMetadataException("The value is null; the variable may not be set. Use $true or $false, or omit the parameter."),
            string text => bool.TryParse(text.Trim().TrimStart('$'), out var flag) ? flag
                : throw new ArgumentTransformationMetadataException($"\"{text}\" is neither True nor False. Use $true or $false."),
            _ => inputData,
        };
    }
}
