using System.Collections;
using System.Collections.Generic;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the partner's country, which is its customers' as a rule.</summary>
public sealed class CountryCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound) => PartnersOwn(session);

    internal static IEnumerable<Suggestion> PartnersOwn(PartnerSession? session)
    {
        return session?.Partner.Country is { } country ? [new Suggestion(country, country, "The partner's country.")] : [];
    }
}
