using System;
using System.Management.Automation;
using CspMigration.Core.Discovery;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Text such as 3/8: the third of eight parts.</summary>
public sealed class ValidateShardAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        try
        {
            _ = CustomerShard.Parse((string)arguments);
        }
        catch (FormatException e)
        {
            throw new ValidationMetadataException(e.Message, e);
        }
    }
}
