using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the ids of subscriptions that the session has read, of the customer where one is given already.</summary>
public sealed class SubscriptionCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        var customer = bound["CustomerId"]?.ToString();
        var ids = CustomerCompleter.Customers(session)
            .Where(known => string.Equals(known.Name, customer, StringComparison.OrdinalIgnoreCase))
            .Select(known => known.Text)
            .Append(customer)
            .ToList();
        return (session?.Seen.Subscriptions ?? [])
            .Where(subscription => string.IsNullOrEmpty(customer) || ids.Contains(subscription.CustomerId, StringComparer.OrdinalIgnoreCase))
            .OrderBy(subscription => subscription.OfferName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(subscription => subscription.Id, StringComparer.OrdinalIgnoreCase)
            .Select(subscription => new Suggestion(
                subscription.Id, $"{subscription.OfferName} ({subscription.Id})", subscription.FriendlyName ?? subscription.OfferName ?? subscription.Id));
    }
}
