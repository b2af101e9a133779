using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.State;

/// <summary>What a migration must never do, seen from the service's side: each occurrence is one entry, in the order of events.</summary>
internal sealed class Violations
{
    private readonly List<string> _entries = [];
    private readonly Dictionary<User, HashSet<DirectorySku>> _left = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_entries)
            {
                return _entries.ToList();
            }
        }
    }

    /// <summary>A source is bought for once, as long as that purchase lives. Add-ons are bought beside it, each once.</summary>
    public void AfterPurchase(Customer customer, Account account, Subscription bought)
    {
        foreach (var source in bought.PurchasedFor)
        {
            var former = Successors(account, source).FirstOrDefault(other => other != bought && IsSamePurpose(other, bought));
            if (former != null)
            {
                Add($"second purchase for source {source} of {Name(customer)}: subscription {bought.Id} ({bought.OfferName}) "
                    + $"while {former.Id} ({former.OfferName}) is active");
            }
        }
    }

    /// <summary>A subscription with a successor is suspended only when nobody needs its seats any more.</summary>
    public void AfterSuspension(Customer customer, SeatPool pool, Account account, Subscription suspended)
    {
        var successor = account.Subscriptions.FirstOrDefault(other => other.IsLive && IsBoughtFor(other, suspended.Id));
        if (successor != null && pool.Consumed > pool.Active)
        {
            Add($"suspension of subscription {suspended.Id} ({suspended.OfferName}) of {Name(customer)}, whose successor is {successor.Id}: "
                + $"{pool.Consumed} users hold SKU {suspended.Sku.Id}, {pool.Active} units are active");
        }
    }

    /// <summary>Whoever holds a source's licence, or one bought to succeed it, holds one of them after any update as well.</summary>
    public void AfterLicenseUpdate(Customer customer, Account account, User user, IReadOnlyList<License> before)
    {
        NoteLeft(user, before.Select(license => license.Sku).Where(sku => !user.Holds(sku.Id)));
        foreach (var source in Sources(account))
        {
            var family = new HashSet<DirectorySku>(BoughtFor(account, source)) { source };
            if (!before.Any(license => family.Contains(license.Sku)))
            {
                continue;
            }

            family.UnionWith(KnownSuccessors(source));
            if (!before.Any(license => license.Sku == source))
            {
                // Who has the successor alone may have come from any of the sources it was bought for, and from those the user has left.
                family.UnionWith(Sources(account).Where(other => BoughtFor(account, other).Any(sku => before.Any(license => license.Sku == sku))));
                family.UnionWith(Left(user));
            }

            if (!user.Licenses.Any(license => family.Contains(license.Sku)))
            {
                Add($"user {user.UserPrincipalName} ({user.Id}) of {Name(customer)} was left with neither the licence of SKU {source.Id} ({source.Name}), "
                    + $"{SubscriptionsOf(account, source)}, nor one of its successors");
            }
        }
    }

    private List<DirectorySku> Left(User user)
    {
        lock (_entries)
        {
            return _left.TryGetValue(user, out var skus) ? skus.ToList() : [];
        }
    }

    private void NoteLeft(User user, IEnumerable<DirectorySku> sources)
    {
        lock (_entries)
        {
            if (!_left.TryGetValue(user, out var skus))
            {
                _left.Add(user, skus = []);
            }

            skus.UnionWith(sources);
        }
    }

    private static string Name(Customer customer) => $"customer {customer.CompanyName} ({customer.Id})";

    private static string SubscriptionsOf(Account account, DirectorySku sku)
    {
        var ids = account.Subscriptions.Where(subscription => subscription.Sku == sku).Select(subscription => subscription.Id).ToArray();
        return ids.Length == 0 ? "held through another channel" : "subscription " + string.Join(", ", ids);
    }

    private static IEnumerable<Subscription> Successors(Account account, string source) =>
        account.Subscriptions.Where(subscription => subscription.IsLive && subscription.PurchasedFor.Contains(source));

    private static bool IsSamePurpose(Subscription one, Subscription other) => one.IsAddOn == other.IsAddOn && (!one.IsAddOn || one.Sku == other.Sku);

    private static bool IsBoughtFor(Subscription subscription, string sourceId) =>
        subscription.PurchasedFor.Any(source => PurchaseMark.Names(source, sourceId));

    private static bool IsBoughtFor(Subscription subscription, Account account, DirectorySku sku) =>
        IsBoughtFor(subscription, sku.Id)
        || account.Subscriptions.Any(source => source.Sku == sku && IsBoughtFor(subscription, source.Id));

    private static IEnumerable<DirectorySku> Sources(Account account) => account.Skus.Where(sku =>
        OfferCatalogue.Instance.Retired.Any(offer => offer.Sku == sku)
        || account.Subscriptions.Any(subscription => IsBoughtFor(subscription, account, sku)));

    private static IEnumerable<DirectorySku> BoughtFor(Account account, DirectorySku source) =>
        account.Subscriptions.Where(subscription => IsBoughtFor(subscription, account, source)).Select(subscription => subscription.Sku);

    private static IEnumerable<DirectorySku> KnownSuccessors(DirectorySku source) =>
        OfferCatalogue.Instance.Retired.Where(offer => offer.Sku == source).SelectMany(offer => offer.Successors);

    private void Add(string entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }
    }
}
