using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of customers that the session has read.</summary>
public sealed class CustomerNameCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return CustomerCompleter.Customers(session).Select(customer => customer with { Text = customer.Name });
    }
}
