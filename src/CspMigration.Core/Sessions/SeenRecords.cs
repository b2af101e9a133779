using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Sessions;

/// <summary>
/// The customers and subscriptions a session has read, by name: what a front end can suggest without asking the service.
/// They are as they were when read, and may be out of date.
/// </summary>
public sealed class SeenRecords
{
    // Suggestions help among hundreds; the bound keeps a run over all customers from holding every one of them.
    private const int Most = 20000;

    private readonly ConcurrentDictionary<string, SeenCustomer> _customers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SeenSubscription> _subscriptions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The customers.</summary>
    public ICollection<SeenCustomer> Customers => _customers.Values;

    /// <summary>The subscriptions.</summary>
    public ICollection<SeenSubscription> Subscriptions => _subscriptions.Values;

    internal Customer Note(Customer customer)
    {
        Keep(_customers, customer.Id, new SeenCustomer(customer.Id, customer.CompanyName));
        return customer;
    }

    internal Subscription Note(string customerId, Subscription subscription)
    {
        Keep(_subscriptions, subscription.Id, new SeenSubscription(subscription.Id, customerId, subscription.OfferName, subscription.FriendlyName));
        return subscription;
    }

    private static void Keep<TRecord>(ConcurrentDictionary<string, TRecord> records, string id, TRecord record)
    {
        if (records.ContainsKey(id) || records.Count < Most)
        {
            records[id] = record;
        }
    }
}
