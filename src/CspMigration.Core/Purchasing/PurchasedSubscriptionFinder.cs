using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Finds the subscription that a purchase led to: by the order it was accepted as, where that is known, else by its mark.</summary>
internal sealed class PurchasedSubscriptionFinder
{
    // The list of orders is up to 15 minutes behind (docs/partner-center.md §8).
    private static readonly TimeSpan OrderListLag = TimeSpan.FromMinutes(15);

    private readonly MigrationOperation _operation;
    private readonly PurchaseJournal _journal;

    public PurchasedSubscriptionFinder(MigrationOperation operation, PurchaseJournal journal)
    {
        _operation = operation;
        _journal = journal;
    }

    /// <summary>Looks once, by the mark alone: whether it was accepted is not known. Null where it is not there.</summary>
    public async Task<PurchaseReceipt?> FindAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var subscriptions = await ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        return FindMarked(purchase, intent, subscriptions) is { } found ? new PurchaseReceipt(found.OrderId, found) : null;
    }

    /// <summary>Whether one of the sources that a purchase was announced for has been given another target since, by that one's mark.</summary>
    public async Task<bool> IsOvertakenAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var sources = intent.Sources;
        return sources.Count > 1 && (await ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false)).Exists(
            subscription => PurchaseMark.NamesSome(subscription.FriendlyName, sources));
    }

    /// <summary>Whether someone has finished a purchase without a source since it was planned, by the journal and the customer's list.</summary>
    public async Task<bool> IsBoughtAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var written = _operation.Journal.View.NewPurchases(purchase.CustomerId, purchase.FriendlyName);
        return written.Count > 0 && (await ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false)).Exists(
            subscription => written.Any(entry => entry.SubscriptionId.Is(subscription.Id)));
    }

    /// <summary>Waits for what was accepted to come to the customer's list. What is known by its order is found although someone has ended it since.</summary>
    /// <param name="purchase">The purchase.</param>
    /// <param name="intent">What was written down of it.</param>
    /// <param name="orderId">The order it was accepted as; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>ProvisioningPending</c>: not there in time; <c>ProvisioningFailed</c>: the order was canceled.</exception>
    public async Task<Subscription> AwaitAsync(Purchase purchase, PurchaseIntended intent, OrderId? orderId, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var looks = 1; ; looks++)
        {
            var all = await _operation.Client.Subscriptions.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
            var subscriptions = InService(all);
            var found = FindOfOrder(purchase, intent, orderId, subscriptions)
                ?? FindMarked(purchase, intent, subscriptions)
                ?? FindOfOrder(purchase, intent, orderId, all)
                ?? await FindOrderedAsync(purchase, intent, orderId, orderId is null ? subscriptions : all, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                return found;
            }

            var delay = retry.BackOff(looks);
            if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The purchase of {purchase.Offer.Name} was accepted ({(orderId is null ? "in an order not known yet" : $"order {orderId}")}), but its subscription is not there yet.",
                    purchase.CustomerId,
                    remedy: Remedies.RepeatToFind());
            }

            _operation.Observer.Waiting("for the new subscription", delay);
            await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks for anything that a purchase which can no longer be sent has left, if it was carried out: a subscription, or a line of an order.</summary>
    public async Task<PurchaseTrace> FindTraceAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var orders = await _operation.Client.Orders.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        var (offerId, name, since) = (intent.OfferId ?? purchase.Offer.CatalogItem, intent.FriendlyName ?? purchase.FriendlyName, intent.Earliest);
        foreach (var order in orders)
        {
            if (order.LineItems.FirstOrDefault(line => offerId.IsSameAs(line.OfferId) && IsNamed(order, line)) is { } line)
            {
                return new PurchaseTrace(order.Id, line.SubscriptionId, IsNone: false);
            }
        }

        return new PurchaseTrace(OrderId: null, SubscriptionId: null, IsNone: _operation.Time.GetUtcNow() - intent.At > OrderListLag + PurchaseIntended.ClockDifference);

        // The mark may have been lost on the way. An earlier purchase for the same source had the same; an add-on is a line of an older order.
        bool IsNamed(Order order, OrderLineItem line)
        {
            return (intent.Method == JournalMethod.AddOnOrder || !(order.CreatedOn < since))
                && (Names.AreSame(line.FriendlyName, name) || (order.CreatedOn >= since && Names.AreSame(line.FriendlyName, PurchaseMark.WithoutSources(name))));
        }
    }

    private async Task<List<Subscription>> ListAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        InService(await _operation.Client.Subscriptions.ListAsync(customerId, cancellationToken).ConfigureAwait(false));

    // What is suspended or over was bought by an earlier purchase, unless its order says otherwise.
    private static List<Subscription> InService(IReadOnlyList<Subscription> subscriptions) =>
        [.. subscriptions.Where(subscription => !subscription.IsOutOfService)];

    private static Subscription? FindMarked(Purchase purchase, PurchaseIntended intent, List<Subscription> subscriptions)
    {
        return subscriptions.Find(subscription => purchase.Cases.Count == 0
            ? Names.AreSame(subscription.FriendlyName, intent.FriendlyName ?? purchase.FriendlyName) && purchase.Offer.CatalogItem.IsSameAs(subscription.OfferId)
            : Keys(purchase).All(key => PurchaseMark.Names(subscription.FriendlyName, key)));
    }

    // By what the service itself knows it by, whatever it is called. An order of a base has the lines of its add-ons too.
    private static Subscription? FindOfOrder(Purchase purchase, PurchaseIntended intent, OrderId? orderId, IEnumerable<Subscription> subscriptions)
    {
        var ofOrder = subscriptions.Where(subscription => subscription.OrderId.Is(orderId)
            && subscription.OfferId.IsSameAs(intent.OfferId ?? purchase.Offer.CatalogItem)
            && !WasThereBefore(subscription, intent)).ToList();
        return ofOrder.Find(subscription => Names.AreSame(subscription.FriendlyName, intent.FriendlyName ?? purchase.FriendlyName)) ?? (ofOrder.Count == 1 ? ofOrder[0] : null);
    }

    // An add-on is a line more on an order that may have had others of it before, which were suspended since or are someone else's.
    private static bool WasThereBefore(Subscription subscription, PurchaseIntended intent)
    {
        return intent.Method == JournalMethod.AddOnOrder && subscription.CreatedOn < intent.Earliest;
    }

    // The line of an order keeps the name it was ordered under; its subscription may be called otherwise by now.
    private async Task<Subscription?> FindOrderedAsync(
        Purchase purchase, PurchaseIntended intent, OrderId? orderId, IEnumerable<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var orders = orderId is null ? await _operation.Client.Orders.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false)
            : await _operation.Client.Orders.FindAsync(purchase.CustomerId, orderId.Value, cancellationToken).ConfigureAwait(false) is { } order ? [order]
            : [];
        var lines = orders.SelectMany(order => order.LineItems).Where(line => line.OfferId.IsSameAs(intent.OfferId ?? purchase.Offer.CatalogItem)).ToList();
        var named = lines.FindAll(line => Names.AreSame(line.FriendlyName, intent.FriendlyName ?? purchase.FriendlyName));
        var ours = named.Count > 0 ? named : orderId is not null && lines.Count == 1 ? lines : [];
        var ordered = new HashSet<SubscriptionId>(ours.Select(line => line.SubscriptionId).Known());
        if (subscriptions.FirstOrDefault(subscription => ordered.Contains(subscription.Id) && !WasThereBefore(subscription, intent)) is { } found)
        {
            return found;
        }

        if (orderId is not null && orders.Any(order => order.IsCancelled))
        {
            var canceled = ErrorCatalog.ProvisioningFailed.Exception(
                $"The order {orderId} of {purchase.Offer.Name} was canceled before its subscription came.",
                purchase.CustomerId,
                remedy: Remedies.FindCancellation());
            await _journal.RefuseAsync(intent, canceled, cancellationToken).ConfigureAwait(false);
            throw canceled;
        }

        return null;
    }

    // What was written down may have served more sources than are dealt with now.
    private static IEnumerable<SourceKey> Keys(Purchase purchase) => purchase.Open?.Intent.Sources ?? purchase.Keys;
}
