using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes a customer as text, or as any object that has a CustomerId (else an Id), live or saved.</summary>
public sealed class CustomerNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return inputData switch
        {
            null => null!,
            PSObject { BaseObject: object[] list } => list.Select(NameOf).ToArray(),
            object[] list => list.Select(NameOf).ToArray(),
            _ => NameOf(inputData)!,
        };
    }

    private static object? NameOf(object? item)
    {
        if (item is null)
        {
            return null;
        }

        var wrapped = PSObject.AsPSObject(item);
        if (wrapped.BaseObject is string)
        {
            return wrapped.BaseObject;
        }

        return (wrapped.Properties["CustomerId"] ?? wrapped.Properties["Id"]) is { } id ? id.Value ?? wrapped.BaseObject
            : wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject
            : throw new ArgumentTransformationMetadataException(
                "Specify a customer as text, or as an object with a CustomerId or Id property. This object has neither. "
                + "If another column names the customer, such as Customer, pass that column alone, for example: Import-Csv customers.csv | ForEach-Object Customer");
    }
}
