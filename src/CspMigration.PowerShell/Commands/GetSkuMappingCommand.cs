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
    /// <summary>Retired SKUs by name, with or without its first words, family, offer id, directory SKU or part number; wildcards allowed. The default is all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SkuSourceCompleter))]
    public string[] Source { get; set; } = ["*"];

    /// <summary>Maps to check and show on top of the built-in one and your own. Connect-CspPartner -SkuMapPath puts them to use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var map = Map();
        var found = new HashSet<SkuMapping>();
        foreach (var name in Source)
        {
            try
            {
                found.UnionWith(map.Search(name));
            }
            catch (CspMigrationException e)
            {
                WriteError(ErrorRecords.From(e, name));
            }
        }

        GiveAll(map.Mappings.Where(found.Contains));
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
