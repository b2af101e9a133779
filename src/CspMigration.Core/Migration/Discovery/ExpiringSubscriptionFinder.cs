using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration.Discovery;

/// <summary>
/// Finds what expires: active, licence based, auto-renew off, end of term in the window (design rule 1).
/// </summary>
public sealed class ExpiringSubscriptionFinder
{
    private readonly MigrationOperation _operation;

    internal ExpiringSubscriptionFinder(MigrationOperation operation) => _operation = operation;

    /// <summary>Looks through the customers, several at once, and hands out the finds in the order of the customers.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="found">Gets the rows of one customer together, an add-on after its base.</param>
    /// <param name="failed">Gets the failure of one customer; the others go on.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task FindAsync(
        DiscoveryQuery query,
        Action<IReadOnlyList<ExpiringSubscription>> found,
        Action<CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The bound keeps few customers in memory: a slow reader of the finds slows the search down. It is wider than what
        // is read at once, because a customer who takes long holds up the handing out of those behind, not the reading.
        var searches = Channel.CreateBounded<Task<Search>>(query.CustomersAtOnce * 2);
        using var places = new SemaphoreSlim(query.CustomersAtOnce);
        var starting = StartAsync(query, places, searches.Writer, failed, stop.Token);
        var done = 0;
        var foreign = 0;
        try
        {
            while (await searches.Reader.WaitToReadAsync(stop.Token).ConfigureAwait(false))
            {
                while (searches.Reader.TryRead(out var search))
                {
                    try
                    {
                        var result = await search.ConfigureAwait(false);
                        foreign += result.IsForeign ? 1 : 0;
                        Hand(result, found, failed);
                    }
                    catch (CspMigrationException e)
                    {
                        failed(e);
                    }

                    _operation.Observer.Progress("Looking for expiring subscriptions", ++done, total: null);
                }
            }

            await starting.ConfigureAwait(false);
            if (foreign > 0)
            {
                _operation.Observer.Verbose($"{foreign} customers have no reseller relationship with this partner and are left out.");
            }
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
            stop.Cancel();
#pragma warning restore CA1849
            await EndAsync(starting, searches.Reader).ConfigureAwait(false);
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
    public async Task<ExpiringSubscription> ReadAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscription = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        return _operation.Describe(customer, subscription, await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task StartAsync(
        DiscoveryQuery query,
        SemaphoreSlim places,
        ChannelWriter<Task<Search>> searches,
        Action<CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        try
        {
            var excluded = query.ExcludedCustomers.Select(name => new Wildcard(name)).ToList();
            var products = query.Products.Select(name => new ProductPattern(name)).ToList();
            await foreach (var customer in CustomersAsync(query, failed, cancellationToken).ConfigureAwait(false))
            {
                if (query.Shard?.Contains(customer.Id) == false)
                {
                    continue;
                }

                if (excluded.Exists(name => CustomerDirectory.IsMeant(customer, name)))
                {
                    _operation.Observer.Verbose($"{customer.CompanyName} is excluded.");
                    continue;
                }

                // A place in the channel comes first: no more customers are read at once than it holds.
                while (!await searches.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                await places.WaitAsync(cancellationToken).ConfigureAwait(false);

                // Sent by another thread: this one has the next customer to start.
                var search = Task.Run(() => SearchInPlaceAsync(customer, query, products, places, cancellationToken), CancellationToken.None);
                await searches.WriteAsync(search, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            _ = searches.TryComplete(e);
            throw;
        }

        _ = searches.TryComplete();
    }

    private static void Hand(Search search, Action<IReadOnlyList<ExpiringSubscription>> found, Action<CspMigrationException> failed)
    {
        if (search.Rows.Count > 0)
        {
            found(search.Rows);
        }

        if (search.Failure is { } failure)
        {
            failed(failure);
        }
    }

    private static async Task EndAsync(Task starting, ChannelReader<Task<Search>> searches)
    {
        var left = new List<Task> { starting };
        while (searches.TryRead(out var search))
        {
            left.Add(search);
        }

        foreach (var task in left)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or CspMigrationException or ChannelClosedException)
            {
                // The search is over: what ended it is already on its way to the caller.
            }
        }
    }

    private async IAsyncEnumerable<Customer> CustomersAsync(
        DiscoveryQuery query, Action<CspMigrationException> failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Customers is not { } names)
        {
            var pages = _operation.Client.Customers.PagesAsync(cancellationToken);
            await foreach (var page in ReadAhead.Of(pages, cancellationToken).ConfigureAwait(false))
            {
                foreach (var customer in page)
                {
                    yield return customer;
                }
            }

            yield break;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            foreach (var customer in await ResolveAsync(name, failed, cancellationToken).ConfigureAwait(false))
            {
                if (seen.Add(customer.Id))
                {
                    yield return customer;
                }
            }
        }
    }

    private async Task<IReadOnlyList<Customer>> ResolveAsync(string name, Action<CspMigrationException> failed, CancellationToken cancellationToken)
    {
        try
        {
            return await _operation.Customers.FindAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            failed(e);
            return [];
        }
    }

    private async Task<Search> SearchInPlaceAsync(
        Customer customer, DiscoveryQuery query, List<ProductPattern> products, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(customer, query, products, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = places.Release();
        }
    }

    private async Task<Search> SearchAsync(Customer customer, DiscoveryQuery query, List<ProductPattern> products, CancellationToken cancellationToken)
    {
        if (!customer.IsOurs)
        {
            return query.Customers is null
                ? new Search([], failure: null) { IsForeign = true }
                : throw ErrorCatalog.NoDelegatedRights.Exception(
                    $"The relationship to {customer.CompanyName} is \"{customer.RelationshipToPartner}\": only a reseller sees subscriptions.",
                    customer.Id,
                    action: "Ask the customer with Request-ResellerRelationship; run the same line again when the invitation is accepted.");
        }

        var subscriptions = await _operation.Client.Subscriptions.ListAsync(customer.Id, cancellationToken).ConfigureAwait(false);
        var finds = new CustomerFinds(customer, subscriptions, query);
        var rows = finds.Expiring
            .Select(subscription => _operation.Describe(customer, subscription, subscriptions))
            .Where(row => products.Count == 0 || products.Exists(product => IsProduct(row, product)))
            .ToList();
        _operation.Observer.Verbose(finds.Summary(rows.Count));
        return query.IncludeOtherChannel
            ? await AddOtherChannelAsync(customer, subscriptions, InOrder(rows), products, cancellationToken).ConfigureAwait(false)
            : new Search(InOrder(rows), failure: null);
    }

    // Our own subscriptions are found also where the tenant's units cannot be read.
    private async Task<Search> AddOtherChannelAsync(
        Customer customer, IReadOnlyList<Subscription> subscriptions, List<ExpiringSubscription> rows, List<ProductPattern> products, CancellationToken cancellationToken)
    {
        try
        {
            var elsewhere = await new OtherChannelFinder(_operation).FindAsync(customer, subscriptions, cancellationToken).ConfigureAwait(false);
            return new Search([.. rows, .. elsewhere.Where(row => products.Count == 0 || products.Exists(product => IsProduct(row, product)))], failure: null);
        }
        catch (CspMigrationException e)
        {
            return new Search(rows, e);
        }
    }

    private bool IsProduct(ExpiringSubscription row, ProductPattern product)
    {
        var mapping = _operation.Session.Map.Find(row.OfferId);
        return product.MatchesAny([row.OfferId, row.OfferName, mapping?.Family, mapping?.Source]);
    }

    // Base subscriptions by end of term; each add-on directly after its base where that is a row too.
    private static List<ExpiringSubscription> InOrder(List<ExpiringSubscription> rows)
    {
        var ids = new HashSet<string?>(rows.Select(row => row.SubscriptionId), StringComparer.OrdinalIgnoreCase);
        var addOns = rows.Where(row => row.ParentSubscriptionId is not null && ids.Contains(row.ParentSubscriptionId)).ToList();
        return [.. rows
            .Except(addOns)
            .OrderBy(row => row.CommitmentEndDate)
            .ThenBy(row => row.SubscriptionId, StringComparer.OrdinalIgnoreCase)
            .SelectMany(row => addOns.Where(addOn => CustomerView.Same(addOn.ParentSubscriptionId, row.SubscriptionId)).Prepend(row))];
    }

    /// <summary>What was found at one customer.</summary>
    private sealed class Search
    {
        public Search(IReadOnlyList<ExpiringSubscription> rows, CspMigrationException? failure)
        {
            Rows = rows;
            Failure = failure;
        }

        public IReadOnlyList<ExpiringSubscription> Rows { get; }

        /// <summary>What could not be read beside the rows; null where all could.</summary>
        public CspMigrationException? Failure { get; }

        /// <summary>Whether the customer is not ours to sell to.</summary>
        public bool IsForeign { get; init; }
    }
}
