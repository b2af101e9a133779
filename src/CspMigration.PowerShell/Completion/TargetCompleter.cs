using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes targets: those of the SKU map by name, then the offers that have been read by id.</summary>
public sealed class TargetCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        var targets = (session?.Map ?? SkuMap.BuiltIn).Mappings.SelectMany(mapping => mapping.Targets)
            .OrderBy(target => target.IsQualified)
            .ThenBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
            .Select(target => new Suggestion(target.Name, target.Name, target.IsQualified ? "A qualified offer: only for certain customers." : target.Name));
        return targets.Concat(OfferCompleter.Offers(session));
    }
}
