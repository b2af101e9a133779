using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows which retired SKUs are succeeded by which SKUs. Needs no connection.</summary>
[Cmdlet(VerbsCommon.Get, "SkuMapping")]
[OutputType(typeof(SkuMapping))]
public sealed class GetSkuMappingCommand : CspCommand
{
    /// <summary>Retired SKUs by name, with or without its first words, alias, family, offer id, directory SKU or part number; wildcards allowed. The default is all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SkuSourceCompleter))]
    public string[] Source { get; set; } = ["*"];

    /// <summary>The families of retired SKUs, with or without their first words; wildcards allowed. The default is all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SkuFamilyCompleter))]
    public string[] Family { get; set; } = ["*"];

    /// <summary>Maps to check and show on top of the built-in one and your own. Connect-CspPartner -SkuMapPath puts them to use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var map = Map();
        var (named, ofFamily) = (Find(Source, map.Search), Find(Family, map.OfFamily));
        WriteResults(map.Mappings.Where(mapping => named.Contains(mapping) && ofFamily.Contains(mapping)));
    }

    private HashSet<SkuMapping> Find(string[] names, Func<string, IReadOnlyList<SkuMapping>> search)
    {
        var found = new HashSet<SkuMapping>();
        foreach (var name in names)
        {
            try
            {
                found.UnionWith(search(name));
            }
            catch (CspMigrationException e)
            {
                WriteError(ErrorRecords.From(e, name));
            }
        }

        return found;
    }

    private SkuMap Map()
    {
        if (Path.Length == 0 && ConnectionTable.Current is { } session)
        {
            return session.Map;
        }

        try
        {
            return SkuMap.Load([.. Path.Select(GetUnresolvedProviderPathFromPSPath)]);
        }
        catch (CspMigrationException e)
        {
            Terminate(e, Path);
            throw;
        }
    }
}
