using System;
using System.Linq;
using System.Management.Automation;
using CspMigration.Core.Wording;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Refuses a culture in whose language there are no texts, with the list of those that there are.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateCultureAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var culture = LanguagePrimitives.ConvertTo<string>(arguments);
        if (ReportLanguage.Find(culture) is null)
        {
            throw new ValidationMetadataException(
                $"There are no texts for the culture \"{culture}\". Use one of: {string.Join(", ", ReportLanguage.All.Select(language => language.Culture))}");
        }
    }
}
