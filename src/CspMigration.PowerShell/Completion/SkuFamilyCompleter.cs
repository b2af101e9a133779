using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the families of the SKU map.</summary>
public sealed class SkuFamilyCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return (session?.Map ?? SkuMap.BuiltIn).Mappings.Select(mapping => mapping.Family).Distinct()
            .Select(family => new Suggestion(family, family, "Every retired SKU of the family."));
    }
}
