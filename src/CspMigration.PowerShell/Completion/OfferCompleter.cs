using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the ids of offers that the session has read; the list shows their names.</summary>
public sealed class OfferCompleter : SuggestionCompleter
{
    internal static IEnumerable<Suggestion> Offers(PartnerSession? session)
    {
        return (session?.SeenOffers ?? [])
            .OrderBy(offer => offer.Name, StringComparer.OrdinalIgnoreCase)
            .Select(offer => new Suggestion(offer.Id, offer.Name ?? offer.Id, $"{offer.Name} ({offer.Id})"));
    }

    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound) => Offers(session);
}
