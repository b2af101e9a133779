using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the ids of customers that the session has read; the list shows their names.</summary>
public sealed class CustomerCompleter : SuggestionCompleter
{
    internal static IEnumerable<Suggestion> Customers(PartnerSession? session)
    {
        return (session?.Seen.Customers ?? [])
            .OrderBy(customer => customer.Name, StringComparer.OrdinalIgnoreCase)
            .Select(customer => new Suggestion(customer.Id, customer.Name ?? customer.Id, $"{customer.Name} ({customer.Id})"));
    }

    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound) => Customers(session);
}
