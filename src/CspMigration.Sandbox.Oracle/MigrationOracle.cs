using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Oracle;

/// <summary>
/// Finds what a migration must never do: purchase twice for one source, suspend a subscription in use, leave a user without a
/// license. The marks of the purchases show which target was purchased for which source.
/// </summary>
internal sealed class MigrationOracle : IWorldObserver
{
    private readonly List<string> _violations = [];
    private readonly ConcurrentDictionary<Subscription, IReadOnlyList<string>> _sourcesOf = new();
    private readonly ConcurrentDictionary<User, HashSet<DirectorySku>> _removedFrom = new();

    // Sources that were to end with their term, and subscriptions whose schedule a request has lost: neither may stay so.
    private readonly ConcurrentDictionary<Subscription, string> _ending = new();
    private readonly ConcurrentDictionary<Subscription, string> _lostSchedules = new();

    // Transitioned subscriptions, with the SKUs before and after, of which every user keeps one.
    private readonly ConcurrentDictionary<Subscription, (string Name, Account Account, DirectorySku From, DirectorySku To)> _transitions = new();

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_violations)
            {
                return [.. _violations, .. _lostSchedules.Values, .. _ending.Where(ending => ending.Key.IsExtended).Select(ending => ending.Value),
                    .. _transitions.Where(transition => transition.Key.IsExtended || transition.Key.IsEnded || transition.Key.Status == SubscriptionStatus.Expired)
                        .Select(transition => $"{transition.Value.Name} was changed to another product, and then did not renew")];
            }
        }
    }

    /// <summary>A source has one live purchase at most, and one of each add-on.</summary>
    public void AfterPurchase(Customer customer, Account account, Subscription purchased)
    {
        var sources = PurchaseMark.Sources(purchased.FriendlyName);
        _sourcesOf[purchased] = sources;
        if (purchased.MigratedFromId != null)
        {
            return;
        }

        foreach (var source in sources)
        {
            var former = account.Subscriptions.FirstOrDefault(
                other => other.IsLive && Sources(other).Contains(source) && other != purchased && IsSamePurpose(other, purchased));
            if (former != null)
            {
                Add($"second purchase for source {source} of {Name(customer)}: subscription {purchased.Id} ({purchased.OfferName}) "
                    + $"while {former.Id} ({former.OfferName}) is active");
            }
        }
    }

    /// <summary>A subscription with a target is suspended only when no user needs its seats.</summary>
    public void AfterSuspension(Customer customer, Account account, Subscription suspended, DateTimeOffset now)
    {
        var target = account.Subscriptions.FirstOrDefault(other => other.IsLive && IsPurchasedFor(other, suspended.Id));
        var pool = SeatPool.Of(account, suspended.Sku, now);
        if (target != null && pool.Consumed > pool.Active)
        {
            Add($"suspension of subscription {suspended.Id} ({suspended.OfferName}) of {Name(customer)}, whose target is {target.Id}: "
                + $"{pool.Consumed} users hold SKU {suspended.Sku.Id}, {pool.Active} units are active");
        }
    }

    /// <summary>A source has one transition at most.</summary>
    public void AfterTransition(Customer customer, Account account, Subscription source, DirectorySku target)
    {
        var name = $"subscription {source.Id} ({source.OfferName}) of {Name(customer)}";
        if (!_transitions.TryAdd(source, (name, account, source.Sku, target)))
        {
            Add($"second transition of {name}");
        }

        // A transition drops what is scheduled.
        _ = _lostSchedules.TryRemove(source, out _);
    }

    /// <summary>After a failed transition, which has changed nothing, another may be begun.</summary>
    public void AfterFailedTransition(Subscription source) => _ = _transitions.TryRemove(source, out _);

    /// <summary>A source that was ended stays so, and what is scheduled outlives a change of something else.</summary>
    public void AfterChange(Customer customer, Account account, Subscription changed, ScheduledAction? before, bool asked)
    {
        var name = $"subscription {changed.Id} ({changed.OfferName}) of {Name(customer)}";
        if (changed.Scheduled is { Type: ScheduledActionType.Cancel } && account.Subscriptions.Any(other => IsPurchasedFor(other, changed.Id)))
        {
            _ending[changed] = $"extension of {name}, which was to end with its term";
        }
        else if (asked)
        {
            _ = _ending.TryRemove(changed, out _);
        }

        if (changed is { IsLive: true, Scheduled: null } && before is not null && !asked)
        {
            _lostSchedules[changed] = $"the schedule of {name} was lost by a change of something else: {before.Type}";
        }
        else if (asked || !changed.IsLive)
        {
            _ = _lostSchedules.TryRemove(changed, out _);
        }
    }

    /// <summary>A user who holds the license of a source, or of a target purchased for it, holds one of them after every update.</summary>
    public void AfterLicenseUpdate(Customer customer, Account account, User user, IReadOnlyList<License> before)
    {
        var removed = _removedFrom.GetOrAdd(user, _ => []);
        removed.UnionWith(before.Select(license => license.Sku).Where(sku => !user.Holds(sku.Id)));
        foreach (var (name, _, from, to) in _transitions.Values.Where(transition => transition.Account == account))
        {
            if (before.Any(license => license.Sku == from || license.Sku == to) && !user.Holds(from.Id) && !user.Holds(to.Id))
            {
                Add($"user {user.UserPrincipalName} ({user.Id}) was left with neither license after the transition of {name}");
            }
        }

        var sources = SourceSkus(account).ToList();
        foreach (var source in sources)
        {
            var family = new HashSet<DirectorySku>(PurchasedFor(account, source)) { source };
            if (!before.Any(license => family.Contains(license.Sku)))
            {
                continue;
            }

            family.UnionWith(KnownTargets.Of(source));
            if (!before.Any(license => license.Sku == source))
            {
                // A user who holds only the target may have held any of the sources it was purchased for, or a SKU removed before.
                family.UnionWith(sources.Where(other => PurchasedFor(account, other).Any(sku => before.Any(license => license.Sku == sku))));
                family.UnionWith(removed);
            }

            if (!user.Licenses.Any(license => family.Contains(license.Sku)))
            {
                Add($"user {user.UserPrincipalName} ({user.Id}) of {Name(customer)} was left with neither the license of SKU {source.Id} ({source.Name}), "
                    + $"{SubscriptionsOf(account, source)}, nor that of one of its targets");
            }
        }
    }

    private static string Name(Customer customer) => $"customer {customer.CompanyName} ({customer.Id})";

    private static string SubscriptionsOf(Account account, DirectorySku sku)
    {
        var ids = account.Subscriptions.Where(subscription => subscription.Sku == sku).Select(subscription => subscription.Id).ToArray();
        return ids.Length == 0 ? "held through another channel" : "subscription " + string.Join(", ", ids);
    }

    private static bool IsSamePurpose(Subscription one, Subscription other) => one.IsAddOn == other.IsAddOn && (!one.IsAddOn || one.Sku == other.Sku);

    // Subscriptions that the scenario set up have no source.
    private IReadOnlyList<string> Sources(Subscription subscription) => _sourcesOf.GetValueOrDefault(subscription, []);

    private bool IsPurchasedFor(Subscription subscription, string sourceId) =>
        Sources(subscription).Any(source => PurchaseMark.Names(source, sourceId));

    private bool IsPurchasedFor(Subscription subscription, Account account, DirectorySku sku) =>
        IsPurchasedFor(subscription, sku.Id)
        || account.Subscriptions.Any(source => source.Sku == sku && IsPurchasedFor(subscription, source.Id));

    private IEnumerable<DirectorySku> SourceSkus(Account account) => account.Skus.Where(sku =>
        OfferCatalog.Instance.Retired.Any(offer => offer.Sku == sku)
        || account.Subscriptions.Any(subscription => IsPurchasedFor(subscription, account, sku)));

    private IEnumerable<DirectorySku> PurchasedFor(Account account, DirectorySku source) =>
        account.Subscriptions.Where(subscription => IsPurchasedFor(subscription, account, source)).Select(subscription => subscription.Sku);

    private void Add(string violation)
    {
        lock (_violations)
        {
            _violations.Add(violation);
        }
    }
}
