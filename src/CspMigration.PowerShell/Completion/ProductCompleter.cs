using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes products: the families of the SKU map, then its retired SKUs.</summary>
public sealed class ProductCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        var mappings = (session?.Map ?? SkuMap.BuiltIn).Mappings;
        return mappings.Select(mapping => new Suggestion(mapping.Family, mapping.Family, "Every retired SKU of the family."))
            .Concat(mappings.Select(mapping => new Suggestion(mapping.Source, mapping.Source, mapping.Family)));
    }
}
