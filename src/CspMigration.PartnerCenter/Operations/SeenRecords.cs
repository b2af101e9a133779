using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>
/// The customers and subscriptions a session has read, by name: what a front end can suggest without asking the service.
/// They are as they were when read, and may be out of date. So are the names of users who were moved, or could not be, which
/// no journal keeps.
/// </summary>
public sealed class SeenRecords
{
    // Suggestions help among hundreds; the bound keeps a run over all customers from holding every one of them.
    private const int Most = 5000;

    private readonly ConcurrentDictionary<CustomerId, SeenCustomer> _customers = new();
    private readonly ConcurrentDictionary<SubscriptionId, SeenSubscription> _subscriptions = new();
    private readonly ConcurrentDictionary<UserId, string> _userNames = new();
    private readonly ConcurrentDictionary<UserId, string> _movedNames = new();
    private int _customerCount;
    private int _subscriptionCount;
    private int _userCount;
    private int _movedCount;

    /// <summary>The customers.</summary>
    public ICollection<SeenCustomer> Customers => _customers.Values;

    /// <summary>The subscriptions.</summary>
    public ICollection<SeenSubscription> Subscriptions => _subscriptions.Values;

    internal Customer Record(Customer customer)
    {
        Keep(_customers, ref _customerCount, customer.Id, new SeenCustomer(customer.Id.ToString(), customer.CompanyName, customer.Domain));
        return customer;
    }

    internal Subscription Record(CustomerId customerId, Subscription subscription)
    {
        Keep(_subscriptions, ref _subscriptionCount, subscription.Id, new SeenSubscription(subscription.Id.ToString(), customerId.ToString(), subscription.OfferName, subscription.FriendlyName));
        return subscription;
    }

    internal void Record(User user)
    {
        if (user.UserPrincipalName is { Length: > 0 } name)
        {
            Keep(_userNames, ref _userCount, user.Id, name);
        }
    }

    /// <summary>Keeps the name of a user who was moved, apart from the others: many who were leave room for the few who were not.</summary>
    internal void RecordMove(User user)
    {
        if (user.UserPrincipalName is { Length: > 0 } name)
        {
            Keep(_movedNames, ref _movedCount, user.Id, name);
        }
    }

    /// <summary>The same user with the sign-in name, where the session knows it.</summary>
    internal UserLicenseMove Named(UserLicenseMove user)
    {
        return user is { UserPrincipalName: null, User: { } id } && (_userNames.TryGetValue(id, out var name) || _movedNames.TryGetValue(id, out name))
            ? user with { UserPrincipalName = name }
            : user;
    }

    // Counted beside the dictionary, whose own count takes all its locks.
    private static void Keep<TId, TRecord>(ConcurrentDictionary<TId, TRecord> records, ref int count, TId id, TRecord record)
    {
        if (records.TryGetValue(id, out var known))
        {
            if (!record!.Equals(known))
            {
                records[id] = record;
            }
        }
        else if (Volatile.Read(ref count) < Most && records.TryAdd(id, record))
        {
            _ = Interlocked.Increment(ref count);
        }
    }
}
