using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Takes add-ons with their numbers of units also as a hashtable: <c>@{ 'Name' = 5 }</c> is <c>'Name=5'</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class AddOnArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return ArgumentValue.Of(inputData) switch
        {
            IDictionary table => TextsOf(table).ToArray(),
            IList list when list.Cast<object?>().Any(item => ArgumentValue.Of(item) is IDictionary) =>
                list.Cast<object?>().SelectMany(item => ArgumentValue.Of(item) is IDictionary table ? TextsOf(table) : [item!]).ToArray(),
            _ => inputData,
        };
    }

    private static IEnumerable<object> TextsOf(IDictionary table)
    {
        return table.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={UnitsOf(entry)}");
    }

    // Here a word is no part of a name.
    private static string UnitsOf(DictionaryEntry entry)
    {
        var units = Convert.ToString(ArgumentValue.Of(entry.Value), CultureInfo.InvariantCulture)?.Trim() ?? "";
        return units.Length > 0 && units.All(char.IsDigit) ? units
            : throw new ArgumentTransformationMetadataException($"\"{units}\" is not a number of units of {entry.Key}. Write a whole number: @{{ '{entry.Key}' = 5 }}.");
    }
}
