using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CspMigration.Core.Catalog;
using CspMigration.PowerShell.Connections;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of the SKU map's targets; it asks nobody.</summary>
public sealed class TargetCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var map = ConnectionTable.Current?.Map ?? SkuMap.BuiltIn;
        return CompletionText.Of(
            wordToComplete,
            map.Mappings.SelectMany(mapping => mapping.Targets)
                .GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
                .Select(targets => targets.First())
                .OrderBy(target => target.IsQualified)
                .ThenBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
                .Select(target => (target.Name, target.IsQualified ? "A qualified offer: only for certain customers." : target.Name)));
    }
}
