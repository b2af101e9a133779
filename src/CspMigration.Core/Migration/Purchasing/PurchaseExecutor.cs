using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Operations;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>Carries a decided purchase out. What an earlier run sent and never heard of is finished first.</summary>
internal sealed class PurchaseExecutor
{
    private readonly MigrationOperation _operation;
    private readonly PurchaseJournal _journal;
    private readonly OnceOnly _once;

    public PurchaseExecutor(MigrationOperation operation)
    {
        _operation = operation;
        _journal = new PurchaseJournal(operation);
        _once = new OnceOnly(operation);
    }

    /// <summary>Makes the cart of a new-commerce purchase, which shows its price and what the service objects to. Buys nothing.</summary>
    /// <exception cref="CspMigrationException"><c>CartLineRefused</c>; <c>ResellerNotValid</c>.</exception>
    public async Task<Purchase> PrepareAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Way != PurchaseWay.Cart || purchase.Cart is not null)
        {
            return purchase;
        }

        if (purchase.Open?.CartId is { } cartId)
        {
            var begun = await _operation.Client.Carts.FindAsync(purchase.CustomerId, cartId, cancellationToken).ConfigureAwait(false);
            return purchase with { Cart = begun };
        }

        var line = new NewCartLine
        {
            CatalogItemId = purchase.CatalogItemId ?? throw new InvalidOperationException("A cart needs a catalogue item."),
            FriendlyName = purchase.FriendlyName,
            Quantity = purchase.Quantity,
            BillingCycle = purchase.BillingCycle,
            TermDuration = purchase.TermDuration,
            CustomTermEndDate = purchase.TermEndDate,
            PartnerIdOnRecord = purchase.PartnerIdOnRecord,
        };
        var cart = await _operation.Client.Carts.CreateAsync(purchase.CustomerId, line, cancellationToken).ConfigureAwait(false);
        var refused = cart.LineItems.FirstOrDefault(item => item.ErrorCode is not null);
        return refused is null
            ? purchase with { Cart = cart }
            : throw (refused.ErrorCode == ServiceCodes.ParticipantRefused ? ErrorCatalog.ResellerNotValid : ErrorCatalog.CartLineRefused).Exception(
                $"The service does not sell {purchase.Quantity} seats of {purchase.Offer.Name} to {purchase.CustomerName}: {refused.ErrorDescription} (code {refused.ErrorCode}).",
                purchase.CustomerId,
                purchase.Cases.FirstOrDefault()?.Row.SubscriptionId);
    }

    /// <summary>Buys, reactivates, resizes or converts.</summary>
    /// <returns>The successor and the order it came by; null where somebody else in this process was quicker, so that it has to be planned anew.</returns>
    public async Task<Bought?> ExecuteAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        using var turn = await _operation.Journal.LockCustomerAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        await _operation.Journal.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (IsOvertaken(purchase) || await HasOtherSeatsAsync(purchase, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var bought = await GetAsync(purchase, cancellationToken).ConfigureAwait(false);
        foreach (var addOn in purchase.AddOns)
        {
            await BuyAddOnAsync(purchase, bought.Subscription!, addOn, cancellationToken).ConfigureAwait(false);
        }

        return bought;
    }

    // By another runspace, or by another process before this one had the lock on the journal.
    private bool IsOvertaken(Purchase purchase)
    {
        var view = _operation.Journal.View;
        return purchase.Way != PurchaseWay.None && (purchase.Cases.Count == 0
            ? view.PurchaseEntries(purchase.CustomerId, purchase.FriendlyName) != purchase.EntriesKnown
            : purchase.Cases.Any(source => view.PurchaseEntries(purchase.CustomerId, source.Key) != source.EntriesKnown));
    }

    // A resize names how many seats there are to be: planned for other seats than there are, it would take some of them for its own.
    private async Task<bool> HasOtherSeatsAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        return purchase is { Way: PurchaseWay.Resize, Open: null, Existing: { } existing }
            && (await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, existing.Id, cancellationToken).ConfigureAwait(false)).Quantity != existing.Quantity;
    }

    private async Task<Bought> GetAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Way == PurchaseWay.None)
        {
            return await UseAsync(purchase, cancellationToken).ConfigureAwait(false);
        }

        if (purchase.Open is { } open)
        {
            _operation.Observer.Verbose($"An earlier run sent a purchase for {purchase.CustomerName} and did not hear of its outcome: it is finished first.");
            return await SendAsync(purchase, open, cancellationToken).ConfigureAwait(false);
        }

        var prepared = await PrepareAsync(purchase, cancellationToken).ConfigureAwait(false);
        var intent = await _journal.IntendAsync(prepared, cancellationToken).ConfigureAwait(false);
        return await SendAsync(prepared, intent, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Bought> UseAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var existing = purchase.Existing!;
        var intent = purchase.Outcome == TargetOutcome.Reused
            ? await _journal.IntendAsync(purchase, cancellationToken).ConfigureAwait(false)
            : purchase.Cases.Select(source => _operation.Journal.View.OpenPurchase(purchase.CustomerId, source.Key)).FirstOrDefault(open => open is not null);
        if (intent is not null)
        {
            // Also the intent of a lost run is settled now, or a later run would send it again.
            await _journal.SettleAsync(intent, existing.OrderId, existing.Id, cancellationToken).ConfigureAwait(false);
        }

        return new Bought(existing.OrderId, existing);
    }

    private async Task<Bought> SendAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        try
        {
            return purchase.Way switch
            {
                PurchaseWay.Order or PurchaseWay.AddOnOrder => await OrderAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
                PurchaseWay.Cart => await CheckoutAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
                PurchaseWay.Conversion => await ConvertAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
                PurchaseWay.Reactivation => await ReactivateAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
                PurchaseWay.Resize => await ResizeAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"Nothing is sent for {purchase.Way}."),
            };
        }
        catch (CspMigrationException e) when (IsRefusal(e))
        {
            await _journal.RefuseAsync(intent, e, cancellationToken).ConfigureAwait(false);
            if (e.ServiceCode == ServiceCodes.PartnerNotValidForOffer && intent.PartnerIdOnRecord is not null)
            {
                // Of the two partners the code can be about, ours was allowed to sell by every check before.
                throw e.Of(ErrorCatalog.ResellerNotValid.Id, ErrorCatalog.ResellerNotValid.RecommendedAction);
            }

            throw;
        }
    }

    /// <summary>Whether a failure is a definite answer: nothing was done.</summary>
    public static bool IsRefusal(CspMigrationException e)
    {
        return !e.OutcomeUnknown && (e.StatusCode is >= 400 and < 500 and not 429 || (e.StatusCode is null && e.ServiceCode is not null));
    }

    private async Task<Bought> OrderAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var line = new NewOrderLine
        {
            OfferId = intent.OfferId ?? purchase.Offer.Id,
            FriendlyName = intent.FriendlyName ?? purchase.FriendlyName,
            Quantity = intent.Quantity ?? purchase.Quantity,
            BillingCycle = intent.BillingCycle ?? purchase.BillingCycle,
            PartnerIdOnRecord = intent.PartnerIdOnRecord,
        };
        var parent = purchase.Way == PurchaseWay.AddOnOrder ? await ParentAsync(purchase, intent, cancellationToken).ConfigureAwait(false) : null;
        var bought = await _once.RunAsync(
            "the order",
            async token =>
            {
                var order = parent is null
                    ? await _operation.Client.Orders.CreateAsync(purchase.CustomerId, line, intent.RequestId!.Value, token).ConfigureAwait(false)
                    : await _operation.Client.Orders.AddAddOnAsync(
                        purchase.CustomerId, parent.OrderId!, parent.Id, line, intent.RequestId!.Value, token).ConfigureAwait(false);
                return new Bought(order.Id, Subscription: null);
            },
            token => FindMarkedAsync(purchase, line.FriendlyName, token),
            cancellationToken).ConfigureAwait(false);
        return await SettleAsync(purchase, intent, bought, line.FriendlyName, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Bought> CheckoutAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var cartId = intent.CartId ?? purchase.Cart?.Id ?? throw new InvalidOperationException("There is no cart to submit.");
        var friendlyName = intent.FriendlyName ?? purchase.FriendlyName;
        var bought = await _once.RunAsync(
            "the checkout",
            async token =>
            {
                try
                {
                    var result = await _operation.Client.Carts.CheckoutAsync(purchase.CustomerId, cartId, intent.RequestId!.Value, token).ConfigureAwait(false);
                    return result.Orders.Count > 0 ? new Bought(result.Orders[0].Id, Subscription: null) : throw Refused(purchase, result);
                }
                catch (CspMigrationException e) when (e.ServiceCode == ServiceCodes.CartSubmitted)
                {
                    // Submitted before, so bought: the subscription tells (API docs §9).
                    return new Bought(OrderId: null, Subscription: null);
                }
            },
            token => FindMarkedAsync(purchase, friendlyName, token),
            cancellationToken).ConfigureAwait(false);
        return await SettleAsync(purchase, intent, bought, friendlyName, cancellationToken).ConfigureAwait(false);
    }

    private static CspMigrationException Refused(Purchase purchase, CheckoutResult result)
    {
        var error = result.Errors.FirstOrDefault();
        return ServiceFailure.OfCode(
            error.Key, $"The service took the cart but not the order of {purchase.Offer.Name}: {error.Value} (code {error.Key}).", purchase.CustomerId);
    }

    // Once it is accepted this is written down before anything else, then again with the successor's id.
    private async Task<Bought> SettleAsync(Purchase purchase, JournalEntry intent, Bought bought, string friendlyName, CancellationToken cancellationToken)
    {
        if (bought.Subscription is null)
        {
            await _journal.SettleAsync(intent, bought.OrderId, subscriptionId: null, cancellationToken).ConfigureAwait(false);
            var subscription = await AwaitMarkedAsync(purchase, friendlyName, bought.OrderId, cancellationToken).ConfigureAwait(false);
            bought = new Bought(bought.OrderId ?? subscription.OrderId, subscription);
        }

        await _journal.SettleAsync(intent, bought.OrderId, bought.Subscription!.Id, cancellationToken).ConfigureAwait(false);
        return bought;
    }

    // An add-on is a purchase of its own, without a source, that goes with the base just bought.
    private async Task BuyAddOnAsync(Purchase purchase, Subscription parent, Sale addOn, CancellationToken cancellationToken)
    {
        var cycle = parent.BillingCycle ?? purchase.BillingCycle;
        var term = parent.TermDuration ?? purchase.TermDuration;
        var own = purchase with
        {
            Cases = [],
            Way = addOn.NewCommerce is null ? PurchaseWay.AddOnOrder : PurchaseWay.Cart,
            Outcome = TargetOutcome.Purchased,
            Offer = addOn.Offer,
            BillingCycle = cycle,
            TermDuration = term,
            FriendlyName = PurchaseMark.AppendWith(addOn.Offer.Name ?? addOn.Offer.Id, parent.Id),
            Parent = parent,
            Existing = null,
            Cart = null,
            CatalogItemId = addOn.NewCommerce?.CatalogItemId(term, cycle) ?? addOn.NewCommerce?.AnyCatalogItemId,
            AddOns = [],
        };
        _ = await GetAsync(own, cancellationToken).ConfigureAwait(false);
        _operation.Observer.Verbose($"{addOn.Offer.Name} was bought as an add-on to {purchase.Offer.Name} ({parent.Id}).");
    }

    private async Task<Bought> ConvertAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var trial = purchase.Existing!;
        var converted = await _once.RunAsync(
            "the conversion",
            async token =>
            {
                await _operation.Client.Conversions.ConvertAsync(
                    purchase.CustomerId, trial.Id, purchase.Conversion!, purchase.Quantity, purchase.BillingCycle, intent.RequestId!.Value, token).ConfigureAwait(false);
                return await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, trial.Id, token).ConfigureAwait(false);
            },
            async token =>
            {
                var current = await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, trial.Id, token).ConfigureAwait(false);
                return current.IsTrial ? null : current;
            },
            cancellationToken).ConfigureAwait(false);
        await _journal.SettleAsync(intent, converted.OrderId, converted.Id, cancellationToken).ConfigureAwait(false);
        return new Bought(converted.OrderId, converted);
    }

    private async Task<Bought> ReactivateAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var current = await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, purchase.Existing!.Id, cancellationToken).ConfigureAwait(false);
        if (!current.IsActive)
        {
            current = await _operation.Client.Subscriptions.SetStatusAsync(purchase.CustomerId, current, "active", cancellationToken).ConfigureAwait(false);
        }

        var quantity = intent.Quantity ?? purchase.Quantity;
        if (current.Quantity < quantity)
        {
            current = await _operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, current, quantity, cancellationToken).ConfigureAwait(false);
        }

        await _journal.SettleAsync(intent, current.OrderId, current.Id, cancellationToken).ConfigureAwait(false);
        return new Bought(current.OrderId, current);
    }

    // The mark comes first, then the seats: with the journal lost it tells that seats may have been added.
    private async Task<Bought> ResizeAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var current = await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, purchase.Existing!.Id, cancellationToken).ConfigureAwait(false);
        var after = intent.Quantity ?? purchase.Quantity;
        if (current.Quantity != after && intent.QuantityBefore is { } before && current.Quantity != before)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{current.OfferName} ({current.Id}) was to grow from {before} to {after} seats; it has {current.Quantity}.", purchase.CustomerId, current.Id);
        }

        var name = PurchaseMark.AppendSeats(current.FriendlyName, purchase.Keys);
        if (!purchase.Keys.All(key => PurchaseMark.NamesSeats(current.FriendlyName, key)))
        {
            current = await _operation.Client.Subscriptions.SetFriendlyNameAsync(purchase.CustomerId, current, name, cancellationToken).ConfigureAwait(false);
        }

        if (current.Quantity != after)
        {
            current = await _operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, current, after, cancellationToken).ConfigureAwait(false);
        }

        await _journal.SettleAsync(intent, current.OrderId, current.Id, cancellationToken).ConfigureAwait(false);
        return new Bought(current.OrderId, current);
    }

    private async Task<Subscription> ParentAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var subscriptions = await _operation.Client.Subscriptions.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        var parentId = intent.ParentSubscriptionId;
        return subscriptions.FirstOrDefault(subscription => subscription.IsActive && subscription.OrderId is not null && (parentId is null
                ? purchase.Offer.Prerequisites.Contains(subscription.OfferId, StringComparer.OrdinalIgnoreCase)
                : CustomerView.Same(subscription.Id, parentId)))
            ?? throw ErrorCatalog.PrerequisiteMissing.Exception(
                $"The base of {purchase.Offer.Name} is not there: one of {string.Join(" or ", purchase.Offer.Prerequisites)}.", purchase.CustomerId);
    }

    private async Task<Bought?> FindMarkedAsync(Purchase purchase, string friendlyName, CancellationToken cancellationToken)
    {
        var subscriptions = await _operation.Client.Subscriptions.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        var found = subscriptions.FirstOrDefault(subscription => subscription is { IsSuspended: false, IsDeleted: false } && (purchase.Cases.Count == 0
            ? CustomerView.Same(subscription.FriendlyName, friendlyName) && IsOf(subscription, purchase.Offer.Id)
            : Keys(purchase).All(key => PurchaseMark.Names(subscription.FriendlyName, key))));
        return found is null ? null : new Bought(found.OrderId, found);
    }

    // What was written down may have served more sources than are dealt with now.
    private static IEnumerable<string> Keys(Purchase purchase) => purchase.Open?.Sources ?? purchase.Keys;

    // An offer, or any availability of a product:sku.
    private static bool IsOf(Subscription subscription, string catalogId)
    {
        return CustomerView.Same(subscription.OfferId, catalogId)
            || (subscription.OfferId?.StartsWith(catalogId + ":", StringComparison.OrdinalIgnoreCase) ?? false);
    }

    // An accepted purchase is in the customer's list with its friendly name; it may take a moment.
    private async Task<Subscription> AwaitMarkedAsync(Purchase purchase, string friendlyName, string? orderId, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var looks = 1; ; looks++)
        {
            if (await FindMarkedAsync(purchase, friendlyName, cancellationToken).ConfigureAwait(false) is { Subscription: { } subscription })
            {
                return subscription;
            }

            var delay = retry.BackOff(looks);
            if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The purchase of {purchase.Offer.Name} was accepted (order {orderId}), but its subscription is not there yet.", purchase.CustomerId);
            }

            _operation.Observer.Waiting("for the new subscription", delay);
            await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }
}
