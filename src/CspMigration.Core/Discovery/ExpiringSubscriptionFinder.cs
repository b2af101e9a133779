using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>
/// Finds what expires: active, license based, auto-renew off, end of term in the window (docs/rules.md, rule 1).
/// </summary>
public sealed class ExpiringSubscriptionFinder
{
    private readonly MigrationOperation _operation;
    private readonly CustomerDirectory _customers;

    internal ExpiringSubscriptionFinder(MigrationOperation operation)
    {
        _operation = operation;
        _customers = new CustomerDirectory(operation);
    }

    /// <summary>Looks through the customers, several at once, and hands out the finds in the order of the customers.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="found">Gets the rows of one customer together, an add-on after its base.</param>
    /// <param name="failed">Gets the failure of one customer; the others go on.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task FindAsync(
        DiscoveryQuery query,
        Func<IReadOnlyList<ExpiringSubscription>, Task> found,
        Action<CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var products = new ProductFilter(_operation, query.Products);
        var sales = new SaleLookup(_operation);
        var done = 0;
        var totals = new DiscoveryTotals();
        await CheckExcludedAsync(query, cancellationToken).ConfigureAwait(false);
        await Concurrently.ForEachInOrderAsync(
            SelectedAsync(query, failed, cancellationToken),
            query.CustomersAtOnce,
            (customer, token) => TrySearchAsync(customer, query, products, sales, token),
            async search =>
            {
                search.Count(totals);
                await EmitAsync(search, found, failed).ConfigureAwait(false);
                _operation.Observer.Progress("Looking for expiring subscriptions", ++done, total: null);
            },
            cancellationToken).ConfigureAwait(false);
        _operation.Observer.Verbose(totals.Summary(query.Before));
        foreach (var warning in products.Warnings())
        {
            _operation.Observer.Warning(warning);
        }
    }

    /// <summary>The last moment of a window that reaches so many days from today, UTC: the end of its last day.</summary>
    public DateTimeOffset EndOfWindow(int days)
    {
        var today = new DateTimeOffset(_operation.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return today.AddDays(days + 1).AddSeconds(-1);
    }

    /// <summary>One subscription as it is now, for ids alone.</summary>
    /// <exception cref="CspMigrationException">There is no such customer or subscription.</exception>
    public Task<ExpiringSubscription> ReadAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        return new CustomerView(_operation, CustomerId.From(customerId)).DescribeAsync(_operation, SubscriptionId.FromOrNull(subscriptionId), cancellationToken);
    }

    private static async Task EmitAsync(Search search, Func<IReadOnlyList<ExpiringSubscription>, Task> found, Action<CspMigrationException> failed)
    {
        if (search.Rows.Count > 0)
        {
            await found(search.Rows).ConfigureAwait(false);
        }

        if (search.Failure is { } failure)
        {
            failed(failure);
        }
    }

    // Before anything is found: a name mistyped would have someone migrated who must not be.
    private async Task CheckExcludedAsync(DiscoveryQuery query, CancellationToken cancellationToken)
    {
        await foreach (var (name, exists) in ReadAhead.Of(query.ExcludedCustomers, query.CustomersAtOnce, CheckExistsAsync, cancellationToken).ConfigureAwait(false))
        {
            if (!exists)
            {
                _operation.Observer.Warning($"No customer is excluded: \"{name}\" matches none.");
            }
        }

        async Task<(string Name, bool Exists)> CheckExistsAsync(string name, CancellationToken token)
        {
            return (name, await _customers.ExistsAsync(name, token).ConfigureAwait(false));
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<Customer>> SelectedAsync(
        DiscoveryQuery query, Action<CspMigrationException> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var excluded = query.ExcludedCustomers.Select(name => new Wildcard(name)).ToList();

        // Several names may mean one customer, and a page may begin with one that the page before had, where another was added meanwhile.
        var seen = new HashSet<CustomerId>();
        await foreach (var page in CustomersAsync(query, failed, cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Where(IsSelected)];
        }

        bool IsSelected(Customer customer)
        {
            if (!seen.Add(customer.Id) || query.Shard?.Contains(customer.Id.ToString()) == false)
            {
                return false;
            }

            var isExcluded = excluded.Exists(name => CustomerDirectory.IsMeant(customer, name));
            if (isExcluded)
            {
                _operation.Observer.Verbose($"{customer.CompanyName} is excluded.");
            }

            return !isExcluded;
        }
    }

    private IAsyncEnumerable<IReadOnlyList<Customer>> CustomersAsync(DiscoveryQuery query, Action<CspMigrationException> failed, CancellationToken cancellationToken)
    {
        return query.Customers is { } names
            ? NamedAsync(names, query.CustomersAtOnce, failed, cancellationToken)
            : ReadAhead.Of(_operation.Client.Customers.PagesAsync(cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<IReadOnlyList<Customer>> NamedAsync(
        IReadOnlyList<string> names, int atOnce, Action<CspMigrationException> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (customers, failure) in ReadAhead.Of(names.Distinct(StringComparer.OrdinalIgnoreCase), atOnce, ResolveAsync, cancellationToken).ConfigureAwait(false))
        {
            if (failure is not null)
            {
                failed(failure);
            }

            yield return customers;
        }
    }

    private async Task<(IReadOnlyList<Customer> Customers, CspMigrationException? Failure)> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await _customers.FindAsync(name, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CspMigrationException e)
        {
            return ([], e);
        }
    }

    private async Task<Search> TrySearchAsync(Customer customer, DiscoveryQuery query, ProductFilter products, SaleLookup sales, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(customer, query, products, sales, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            return new Search([], e);
        }
    }

    private async Task<Search> SearchAsync(Customer customer, DiscoveryQuery query, ProductFilter products, SaleLookup sales, CancellationToken cancellationToken)
    {
        if (!customer.IsOurs)
        {
            return query.Customers is null
                ? new Search([], failure: null) { IsForeign = true }
                : throw PartnerCenterErrors.NoDelegatedRights.Exception(
                    $"The relationship to {customer.CompanyName} is \"{customer.RelationshipToPartner}\": only a reseller sees subscriptions.",
                    customer.Id,
                    remedy: Remedies.InviteCustomer());
        }

        var subscriptions = await _operation.Client.Subscriptions.ListAsync(customer.Id, cancellationToken).ConfigureAwait(false);
        var finds = new CustomerDiscoveryResult(customer, subscriptions, query, subscription =>
            EndOfTermRules.IsChanged(_operation, customer.Id, subscription)
            || SubscriptionDescription.IsChangingInPlace(_operation, customer.Id, subscription)
            || SubscriptionDescription.IsEndUnsettled(_operation, customer.Id, subscription));
        var view = new CustomerView(_operation, customer.Id);
        view.KeepSubscriptions(subscriptions);
        var recognizer = new SourceRecognizer(_operation, view, sales);
        var rows = await DescribeAsync(customer, subscriptions, finds, recognizer, query, products, cancellationToken).ConfigureAwait(false);
        var search = new Search(InOrder(rows), recognizer.Failure) { LeftOut = finds.LeftOut };
        return query.IncludeOtherChannel
            ? await AddOtherChannelAsync(customer, view, search, products, cancellationToken).ConfigureAwait(false)
            : search;
    }

    private async Task<List<ExpiringSubscription>> DescribeAsync(
        Customer customer,
        IReadOnlyList<Subscription> subscriptions,
        CustomerDiscoveryResult finds,
        SourceRecognizer recognizer,
        DiscoveryQuery query,
        ProductFilter products,
        CancellationToken cancellationToken)
    {
        var rows = new List<ExpiringSubscription>(finds.Expiring.Count);
        var retired = 0;
        var renewing = finds.Renewing.Where(IsLookedAt).ToList();
        await recognizer.ReadAheadAsync(finds.Expiring, [.. finds.Expiring.Where(IsLookedAt), .. renewing], cancellationToken).ConfigureAwait(false);
        foreach (var subscription in finds.Expiring)
        {
            if (IsLookedAt(subscription))
            {
                await AddLookedAtAsync(subscription).ConfigureAwait(false);
            }
            else
            {
                Add(subscription, await recognizer.FindSkuIdAsync(subscription, cancellationToken).ConfigureAwait(false));
            }
        }

        foreach (var subscription in renewing)
        {
            retired += await AddLookedAtAsync(subscription, isAddedAnyway: false).ConfigureAwait(false) ? 1 : 0;
        }

        _operation.Observer.Verbose(finds.Summary(rows.Count, retired));
        return rows;

        bool IsLookedAt(Subscription subscription) => query.IncludeRetired && SourceRecognizer.RenewsAsItIs(subscription);

        async Task<bool> AddLookedAtAsync(Subscription subscription, bool isAddedAnyway = true)
        {
            var (withdrawal, skuId) = await recognizer.RecognizeAsync(subscription, cancellationToken).ConfigureAwait(false);
            if (withdrawal != Withdrawal.None || isAddedAnyway)
            {
                Add(subscription, skuId, isOnSale: withdrawal != Withdrawal.NotOnSale);
            }

            return withdrawal != Withdrawal.None;
        }

        void Add(Subscription subscription, SkuId? skuId, bool isOnSale = true)
        {
            var row = _operation.Describe(customer, subscription, subscriptions, skuId, isOnSale);
            if (products.Passes(row))
            {
                rows.Add(row);
            }
        }
    }

    // Our own subscriptions are found also where the tenant's units cannot be read.
    private async Task<Search> AddOtherChannelAsync(
        Customer customer, CustomerView view, Search ours, ProductFilter products, CancellationToken cancellationToken)
    {
        try
        {
            var elsewhere = await new OtherChannelFinder(_operation).FindAsync(customer, view, products, cancellationToken).ConfigureAwait(false);
            return ours with { Rows = [.. ours.Rows, .. elsewhere] };
        }
        catch (CspMigrationException e)
        {
            return ours with { Failure = ours.Failure ?? e };
        }
    }

    // Base subscriptions by end of term; each add-on directly after its base where that is a row too.
    private static List<ExpiringSubscription> InOrder(List<ExpiringSubscription> rows)
    {
        var addOns = rows.FindAll(row => row.ParentId is { } parent && rows.Exists(other => other.Id.Is(parent)));
        var bases = addOns.Count == 0 ? rows : rows.FindAll(row => !addOns.Contains(row));
        bases.Sort(ByEnd);
        return addOns.Count == 0
            ? bases
            : [.. bases.SelectMany(row => addOns.Where(addOn => addOn.ParentId.Is(row.Id)).Prepend(row))];
    }

    private static int ByEnd(ExpiringSubscription one, ExpiringSubscription other)
    {
        var order = Nullable.Compare(one.CommitmentEndDate, other.CommitmentEndDate);
        return order != 0 ? order : StringComparer.OrdinalIgnoreCase.Compare(one.SubscriptionId, other.SubscriptionId);
    }

    /// <summary>What was found at one customer.</summary>
    private sealed record Search
    {
        public Search(IReadOnlyList<ExpiringSubscription> rows, CspMigrationException? failure)
        {
            Rows = rows;
            Failure = failure;
        }

        public IReadOnlyList<ExpiringSubscription> Rows { get; init; }

        public ExclusionCounts LeftOut { get; init; } = new();

        /// <summary>What could not be read beside the rows; null where all could.</summary>
        public CspMigrationException? Failure { get; init; }

        /// <summary>Whether the customer is not ours to sell to.</summary>
        public bool IsForeign { get; init; }

        public void Count(DiscoveryTotals totals)
        {
            if (IsForeign)
            {
                totals.AddForeign();
            }
            else
            {
                totals.Add(Rows.Count, LeftOut);
            }
        }
    }
}
