using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of offers: those that the session has read, then the targets of the SKU map.</summary>
public sealed class OfferNameCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        var targets = (session?.Map ?? SkuMap.BuiltIn).Mappings.SelectMany(mapping => mapping.Targets)
            .OrderBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
            .Select(target => new Suggestion(target.Name, target.Name, "A target of the SKU map."));
        return OfferCompleter.Offers(session).Select(offer => offer with { Text = offer.Name }).Concat(targets);
    }
}
