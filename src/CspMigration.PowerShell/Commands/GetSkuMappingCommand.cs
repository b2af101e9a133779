using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Connections;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows which retired SKUs are succeeded by which SKUs. Needs no connection.</summary>
[Cmdlet(VerbsCommon.Get, "SkuMapping")]
[OutputType(typeof(SkuMapping))]
public sealed class GetSkuMappingCommand : CspCommand
{
    /// <summary>Retired SKUs by name, offer id, directory SKU or part number; wildcards allowed. The default is all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SkuSourceCompleter))]
    public string[] Source { get; set; } = ["*"];

    /// <summary>Maps to check and show on top of the built-in one and your own. Connect-CspPartner -SkuMapPath puts them to use.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var patterns = Source.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        foreach (var mapping in Map().Mappings)
        {
            string?[] names = [mapping.Source, mapping.SourceSkuId, mapping.SourcePartNumber, .. mapping.SourceOfferIds];
            if (patterns.Exists(pattern => names.Any(name => name is not null && pattern.IsMatch(name))))
            {
                WriteObject(mapping);
            }
        }
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
