using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of add-ons that the session has read.</summary>
public sealed class AddOnCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return (session?.SeenOffers ?? [])
            .Where(offer => offer.IsAddOn)
            .OrderBy(offer => offer.Name, StringComparer.OrdinalIgnoreCase)
            .Select(offer => new Suggestion(offer.Name ?? offer.Id, offer.Name ?? offer.Id, $"{offer.Name} ({offer.Id}). 'Name=5' buys 5 units."));
    }
}
