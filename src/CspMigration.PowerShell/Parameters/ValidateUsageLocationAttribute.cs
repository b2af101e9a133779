using System;
using System.Management.Automation;
using CspMigration.Core.Users;

namespace CspMigration.PowerShell.Parameters;

/// <summary>A country's two letters, or <c>Customer</c>: of any other the service would refuse each user, one by one.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateUsageLocationAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var text = LanguagePrimitives.ConvertTo<string>(arguments);
        if (!CountryCodes.IsKnown(text) && !string.Equals(text, LicenseMoveOptions.CustomerCountry, StringComparison.OrdinalIgnoreCase))
        {
            var hint = CountryCodes.Meant(text) is { } meant ? $" {meant} may be meant." : "";
            throw new ValidationMetadataException(
                $"\"{text}\" is not a country of two letters (ISO 3166), such as US, or {LicenseMoveOptions.CustomerCountry} for each customer's own.{hint}");
        }
    }
}
