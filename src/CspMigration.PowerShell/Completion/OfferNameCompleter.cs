using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of offers that the session has read.</summary>
public sealed class OfferNameCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return OfferCompleter.Offers(session).Select(offer => offer with { Text = offer.Name });
    }
}
