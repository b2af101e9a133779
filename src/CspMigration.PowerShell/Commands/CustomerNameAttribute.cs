using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Commands;

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
        return wrapped.BaseObject is string
            ? wrapped.BaseObject
            : (wrapped.Properties["CustomerId"] ?? wrapped.Properties["Id"])?.Value ?? wrapped.BaseObject;
    }
}
