using System;
using System.Management.Automation;
using CspMigration.Contracts;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes the commerce of a purchase also as the module's objects name it: <c>NewCommerce</c> is <c>New</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class CommerceArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var text = ArgumentValue.Of(inputData)?.ToString()?.Trim();
        return string.Equals(text, nameof(CommerceKind.NewCommerce), StringComparison.OrdinalIgnoreCase) ? CommerceChoice.New : inputData!;
    }
}
