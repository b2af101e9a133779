using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the retired SKUs of the SKU map.</summary>
public sealed class SkuSourceCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return (session?.Map ?? SkuMap.BuiltIn).Mappings.Select(mapping => new Suggestion(mapping.Source, mapping.Source, mapping.Family));
    }
}
