using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Commands;

/// <summary>Takes add-ons with their numbers of units also as a hashtable: <c>@{ 'Name' = 5 }</c> is <c>'Name=5'</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class AddOnArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        return Unwrapped(inputData) switch
        {
            IDictionary table => TextsOf(table).ToArray(),
            IList list when list.Cast<object?>().Any(item => Unwrapped(item) is IDictionary) =>
                list.Cast<object?>().SelectMany(item => Unwrapped(item) is IDictionary table ? TextsOf(table) : [item!]).ToArray(),
            _ => inputData,
        };
    }

    private static object? Unwrapped(object? value) => value is PSObject { BaseObject: { } wrapped } ? wrapped : value;

    private static IEnumerable<object> TextsOf(IDictionary table)
    {
        return table.Cast<DictionaryEntry>().Select(entry => string.Format(CultureInfo.InvariantCulture, "{0}={1}", entry.Key, entry.Value));
    }
}
