using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Core.Purchases;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Add-ons as <c>Name</c> or <c>Name=5</c>, each once.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateAddOnAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in LanguagePrimitives.ConvertTo<string[]>(arguments).Select(NameOf))
        {
            if (!names.Add(name))
            {
                throw new ValidationMetadataException($"\"{name}\" is named twice. Name each add-on once, with its number of units: '{name}=5'.");
            }
        }
    }

    private static string NameOf(string text)
    {
        try
        {
            return AddOnChoice.Parse(text).Name;
        }
        catch (FormatException e)
        {
            throw new ValidationMetadataException(e.Message, e);
        }
    }
}
