using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.PartnerCenter.Operations;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration;

/// <summary>The first step: buys the successor, or finds the one an earlier run bought. It never buys twice.</summary>
public sealed class PurchaseStep
{
    private const string DefaultTerm = "P1Y";

    private readonly MigrationOperation _operation;

    internal PurchaseStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Reads all there is to know and decides; sends nothing.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, rows[0].CustomerId);
        var failures = new List<KeyValuePair<ExpiringSubscription, CspMigrationException>>();
        var unmapped = new List<ExpiringSubscription>();
        var sources = new List<PurchaseSource>();
        foreach (var row in rows)
        {
            await TryAsync([row], async () =>
            {
                var source = await ReadSourceAsync(view, row, options, cancellationToken).ConfigureAwait(false);
                if (source is null)
                {
                    unmapped.Add(row);
                }
                else
                {
                    sources.Add(source);
                }
            }).ConfigureAwait(false);
        }

        var purchases = new List<Purchase>();
        foreach (var group in sources.GroupBy(source => source.Target.SkuId ?? source.Target.Name, StringComparer.OrdinalIgnoreCase))
        {
            var members = group.ToList();
            await TryAsync([.. members.Select(source => source.Row)], async () =>
                purchases.AddRange(await PlanGroupAsync(view, members, options, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }

        return new PurchasePlanning { Plans = [.. purchases.Select(purchase => new PurchasePlan(purchase))], Failures = failures, Unmapped = unmapped };

        async Task TryAsync(IReadOnlyList<ExpiringSubscription> concerned, Func<Task> plan)
        {
            try
            {
                await plan().ConfigureAwait(false);
            }
            catch (CspMigrationException e)
            {
                failures.AddRange(concerned.Select(row => new KeyValuePair<ExpiringSubscription, CspMigrationException>(row, e)));
            }
        }
    }

    /// <summary>Carries a plan out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wait">Whether to wait until the seats are there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One object a source, when the purchase is accepted and the successor's id known.</returns>
    public async Task<IReadOnlyList<TargetSubscription>> ExecuteAsync(PurchasePlan plan, bool wait, CancellationToken cancellationToken)
    {
        var purchase = plan.Purchase;
        var (orderId, successor) = purchase.Existing is { } existing
            ? (existing.OrderId, existing)
            : await BuyAsync(purchase, cancellationToken).ConfigureAwait(false);
        if (wait)
        {
            var view = new CustomerView(_operation, purchase.CustomerId);
            await new SeatWaiter(_operation).WaitAsync(view, successor.Id, LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        }

        return purchase.Describe(successor, orderId, isPlanned: false);
    }

    private async Task<(string? OrderId, Subscription Bought)> BuyAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var sources = purchase.Sources.Select(source => source.Subscription.Id).ToList();
        // An intent without outcome is an unanswered request: the same purchase goes on under its key.
        var open = _operation.Journal.View.OpenPurchase(purchase.CustomerId, sources);
        var requestId = open?.RequestId ?? Guid.NewGuid();
        var line = new NewOrderLine
        {
            OfferId = open?.OfferId ?? purchase.OfferId,
            FriendlyName = open?.FriendlyName ?? purchase.FriendlyName,
            Quantity = open?.Quantity ?? purchase.Quantity,
            BillingCycle = purchase.BillingCycle,
            PartnerIdOnRecord = purchase.PartnerIdOnRecord,
        };
        if (open is null)
        {
            await _operation.Journal.AppendAsync(
                new JournalEntry
                {
                    Kind = JournalEntryKind.PurchaseIntended,
                    At = _operation.Time.GetUtcNow(),
                    CustomerId = purchase.CustomerId,
                    Sources = sources,
                    RequestId = requestId,
                    OfferId = line.OfferId,
                    Quantity = line.Quantity,
                    FriendlyName = line.FriendlyName,
                },
                cancellationToken).ConfigureAwait(false);
        }

        return await SendAsync(purchase.CustomerId, sources, line, requestId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PurchaseSource?> ReadSourceAsync(CustomerView view, ExpiringSubscription row, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var subscriptionId = row.SubscriptionId
            ?? throw ErrorCatalog.NotOurSubscription.Exception($"{row.OfferName} of {row.CustomerName} was bought through another channel.", row.CustomerId);
        var subscription = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        if (!subscription.IsActive)
        {
            throw ErrorCatalog.NotOurSubscription.Exception(
                $"The subscription {subscriptionId} ({subscription.OfferName}) is {subscription.Status}: there is nothing to succeed.",
                row.CustomerId,
                subscriptionId,
                action: "Reactivate it first, or leave it out.");
        }

        var skuId = await view.SkuIdOfAsync(subscriptionId, cancellationToken).ConfigureAwait(false)
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service does not say which directory SKU {subscriptionId} belongs to.", row.CustomerId, subscriptionId);
        var map = _operation.Session.Map;
        var mapping = map.Find(subscription.OfferId, skuId)
            ?? map.Find(offerId: null, partNumber: (await view.SkuAsync(skuId, cancellationToken).ConfigureAwait(false))?.PartNumber);
        return mapping is null && options.Target is null
            ? null
            : new PurchaseSource
            {
                Row = row with { SkuId = skuId },
                Subscription = subscription,
                SkuId = skuId,
                Target = TargetChooser.Choose(map, mapping, options.Target),
            };
    }

    private async Task<IReadOnlyList<Purchase>> PlanGroupAsync(
        CustomerView view, List<PurchaseSource> sources, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var resumed = sources.Select(source => (Source: source, Existing: Successor(source, subscriptions))).ToList();
        var plans = resumed
            .Where(pair => pair.Existing is not null)
            .Select(pair => Resume(view, pair.Source, pair.Existing!))
            .ToList();
        var unserved = resumed.Where(pair => pair.Existing is null).Select(pair => pair.Source).ToList();
        if (unserved.Count > 0)
        {
            plans.Add(await PlanPurchaseAsync(view, unserved, options, cancellationToken).ConfigureAwait(false));
        }

        return plans;
    }

    // The service first: the mark in the friendly name. Then the journal, for a name somebody changed.
    private Subscription? Successor(PurchaseSource source, IReadOnlyList<Subscription> subscriptions)
    {
        return subscriptions.FirstOrDefault(other => other.IsActive && PurchaseMark.Names(other.FriendlyName, source.Subscription.Id))
            ?? (_operation.Journal.View.Purchase(source.Row.CustomerId, source.Subscription.Id) is { SubscriptionId: { } boughtId }
                ? subscriptions.FirstOrDefault(other => other.IsActive && CustomerView.Same(other.Id, boughtId))
                : null);
    }

    private Purchase Resume(CustomerView view, PurchaseSource source, Subscription existing)
    {
        _operation.Observer.Verbose(
            $"{source.Row.CustomerName}: {existing.OfferName} ({existing.Id}) was bought for {source.Subscription.Id} by an earlier run.");
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = view.CustomerId,
            CustomerName = source.Row.CustomerName,
            Sources = [source],
            OfferId = existing.OfferId ?? "",
            OfferName = existing.OfferName ?? source.Target.Name,
            SkuId = source.Target.SkuId,
            Quantity = existing.Quantity,
            BillingCycle = existing.BillingCycle ?? "",
            TermDuration = existing.TermDuration ?? DefaultTerm,
            FriendlyName = existing.FriendlyName ?? "",
            PartnerIdOnRecord = existing.PartnerId,
            Existing = existing,
        };
    }

    private async Task<Purchase> PlanPurchaseAsync(
        CustomerView view, List<PurchaseSource> sources, PurchaseOptions options, CancellationToken cancellationToken)
    {
        // A successful reading of the units proves the right to move licences (design rule 22): nothing is bought without.
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var first = sources[0];
        var target = first.Target;
        var quantity = options.Quantity ?? sources.Sum(source => source.Subscription.Quantity);
        var owned = skus.FirstOrDefault(sku => CustomerView.Same(sku.SkuId, target.SkuId))?.ActiveUnits ?? 0;
        var country = customer.Country ?? _operation.Session.Partner.Country
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service does not say in which country {customer.CompanyName} is.", view.CustomerId);
        var offer = await FindOfferAsync(target, options.Target, owned + quantity, country, first, cancellationToken).ConfigureAwait(false);
        CheckQuantity(offer, target, quantity, first);
        CheckSeats(skus, sources, quantity, options);
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = view.CustomerId,
            CustomerName = first.Row.CustomerName ?? customer.CompanyName,
            Sources = [.. sources.Select(source => WithCountry(source, country))],
            OfferId = offer.Id,
            OfferName = offer.Name ?? target.Name,
            SkuId = offer.SkuId ?? target.SkuId,
            Quantity = quantity,
            BillingCycle = ChooseBillingCycle(offer, options.BillingCycle ?? first.Subscription.BillingCycle, first),
            TermDuration = first.Subscription.TermDuration ?? DefaultTerm,
            FriendlyName = PurchaseMark.Append(options.FriendlyName ?? target.Name, sources.Select(source => source.Subscription.Id)),
            PartnerIdOnRecord = options.PartnerIdOnRecord ?? first.Subscription.PartnerId,
        };
    }

    private static PurchaseSource WithCountry(PurchaseSource source, string country)
    {
        return new PurchaseSource { Row = source.Row with { Country = country }, Subscription = source.Subscription, SkuId = source.SkuId, Target = source.Target };
    }

    private async Task<Offer> FindOfferAsync(
        SkuTarget target, string? wanted, int seats, string country, PurchaseSource source, CancellationToken cancellationToken)
    {
        if (TargetChooser.OfferFor(target, wanted, seats) is { } tier)
        {
            var offer = await _operation.Session.Offers.FindAsync(_operation.Client, country, tier.OfferId, cancellationToken).ConfigureAwait(false);
            if (offer is { IsAvailableForPurchase: true })
            {
                return offer;
            }
        }

        throw ErrorCatalog.TargetNotOnSale.Exception($"{target.Name} is not on sale in {country}.", source.Row.CustomerId, source.Subscription.Id);
    }

    private static void CheckQuantity(Offer offer, SkuTarget target, int quantity, PurchaseSource source)
    {
        var minimum = Math.Max(offer.MinimumQuantity, target.MinimumQuantity);
        var maximum = offer.MaximumQuantity ?? int.MaxValue;
        if (quantity < minimum || quantity > maximum)
        {
            var limits = offer.MaximumQuantity is null ? $"from {minimum} seats" : $"with {minimum} to {maximum} seats";
            throw ErrorCatalog.QuantityOutOfRange.Exception(
                $"{offer.Name} is sold {limits}; {quantity} would be bought.", source.Row.CustomerId, source.Subscription.Id);
        }
    }

    private static void CheckSeats(IReadOnlyList<SubscribedSku> skus, List<PurchaseSource> sources, int quantity, PurchaseOptions options)
    {
        if (options.Quantity is not null)
        {
            return;
        }

        var users = sources
            .GroupBy(source => source.SkuId, StringComparer.OrdinalIgnoreCase)
            .Sum(group => LicensePool.Of(skus, group.Key).UsersToMove(group.Sum(source => source.Subscription.Quantity)));
        if (users > quantity)
        {
            throw ErrorCatalog.TooFewSeats.Exception(
                $"{users} users hold {sources[0].Row.OfferName}; {quantity} seats would be bought.", sources[0].Row.CustomerId, sources[0].Subscription.Id);
        }
    }

    private static string ChooseBillingCycle(Offer offer, string? wanted, PurchaseSource source)
    {
        var cycle = wanted ?? "monthly";
        return offer.BillingCycles.FirstOrDefault(supported => CustomerView.Same(supported, cycle))
            ?? (offer.BillingCycles.Count == 0
                ? cycle
                : throw ErrorCatalog.TargetNotOnSale.Exception(
                    $"{offer.Name} is not sold with {cycle} billing, only with {string.Join(" or ", offer.BillingCycles)}.",
                    source.Row.CustomerId,
                    source.Subscription.Id,
                    action: "Choose one of these with -BillingCycle."));
    }

    private async Task<(string? OrderId, Subscription Bought)> SendAsync(
        string customerId, List<string> sources, NewOrderLine line, Guid requestId, CancellationToken cancellationToken)
    {
        var startedAt = _operation.Time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                var order = await _operation.Client.Orders.CreateAsync(customerId, line, requestId, cancellationToken).ConfigureAwait(false);
                await SettleAsync(customerId, sources, requestId, order.Id, subscriptionId: null, cancellationToken).ConfigureAwait(false);
                var bought = await AwaitSubscriptionAsync(customerId, sources, order.Id, cancellationToken).ConfigureAwait(false);
                await SettleAsync(customerId, sources, requestId, order.Id, bought.Id, cancellationToken).ConfigureAwait(false);
                return (order.Id, bought);
            }
            catch (CspMigrationException e) when (e.OutcomeUnknown)
            {
                var found = await FindBoughtAsync(customerId, sources, cancellationToken).ConfigureAwait(false);
                if (found is not null)
                {
                    await SettleAsync(customerId, sources, requestId, found.OrderId, found.Id, cancellationToken).ConfigureAwait(false);
                    return (found.OrderId, found);
                }

                var delay = _operation.Session.Retry.BackOff(failures);
                if (_operation.Time.GetElapsedTime(startedAt) + delay > _operation.Session.Retry.Budget)
                {
                    throw;
                }

                _operation.Observer.Verbose($"The outcome of the purchase is not known and no subscription carries its mark: it is sent again with the same request id {requestId}.");
                _operation.Observer.Waiting("purchase not answered", delay);
                await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.StatusCode is >= 400 and < 500 and not 429)
            {
                await _operation.Journal.AppendAsync(
                    new JournalEntry
                    {
                        Kind = JournalEntryKind.PurchaseSettled,
                        At = _operation.Time.GetUtcNow(),
                        CustomerId = customerId,
                        Sources = sources,
                        RequestId = requestId,
                        Done = false,
                        Reason = e.ServiceCode ?? e.ErrorId,
                    },
                    cancellationToken).ConfigureAwait(false);
                throw;
            }
        }
    }

    private Task SettleAsync(string customerId, List<string> sources, Guid requestId, string? orderId, string? subscriptionId, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = JournalEntryKind.PurchaseSettled,
                At = _operation.Time.GetUtcNow(),
                CustomerId = customerId,
                Sources = sources,
                RequestId = requestId,
                OrderId = orderId,
                SubscriptionId = subscriptionId,
                Done = true,
            },
            cancellationToken);
    }

    private async Task<Subscription?> FindBoughtAsync(string customerId, List<string> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await _operation.Client.Subscriptions.ListAsync(customerId, cancellationToken).ConfigureAwait(false);
        return subscriptions.FirstOrDefault(other => !IsGone(other) && sources.TrueForAll(source => PurchaseMark.Names(other.FriendlyName, source)));
    }

    // Suspended and deleted successors are those of a migration that was undone.
    private static bool IsGone(Subscription subscription) => subscription.IsSuspended || CustomerView.Same(subscription.Status, "deleted");

    // An accepted order's subscription is in the customer's list; only its line in the order may come later.
    private async Task<Subscription> AwaitSubscriptionAsync(string customerId, List<string> sources, string orderId, CancellationToken cancellationToken)
    {
        var startedAt = _operation.Time.GetTimestamp();
        for (var looks = 1; ; looks++)
        {
            if (await FindBoughtAsync(customerId, sources, cancellationToken).ConfigureAwait(false) is { } bought)
            {
                return bought;
            }

            var delay = _operation.Session.Retry.BackOff(looks);
            if (_operation.Time.GetElapsedTime(startedAt) + delay > _operation.Session.Retry.Budget)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    string.Format(CultureInfo.InvariantCulture, "The order {0} was accepted, but its subscription is not there yet.", orderId), customerId);
            }

            _operation.Observer.Waiting("for the new subscription", delay);
            await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }
}
