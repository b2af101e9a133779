using System.Collections;
using System.Collections.Generic;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes usage locations: the customer's country, and the partner's.</summary>
public sealed class UsageLocationCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return [new Suggestion(LicenseMoveOptions.CustomerCountry, LicenseMoveOptions.CustomerCountry, "The customer's country."), .. CountryCompleter.PartnersOwn(session)];
    }
}
