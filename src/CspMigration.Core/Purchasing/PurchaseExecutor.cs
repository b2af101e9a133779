using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Carries a decided purchase out. What an earlier run sent and never heard of is finished first.</summary>
internal sealed class PurchaseExecutor
{
    private readonly MigrationOperation _operation;
    private readonly PurchaseJournal _journal;
    private readonly OnceOnly _once;
    private readonly BoughtFinder _finder;

    public PurchaseExecutor(MigrationOperation operation)
    {
        _operation = operation;
        _journal = new PurchaseJournal(operation);
        _once = new OnceOnly(operation);
        _finder = new BoughtFinder(operation, _journal);
    }

    /// <summary>Whether a failure is none of the source: what an earlier run began, or the cart that was confirmed, is over, so that it can be planned again.</summary>
    public bool MustPlanAgain { get; private set; }

    /// <summary>Makes the cart of a new-commerce purchase, which shows its price and what the service objects to. Buys nothing.</summary>
    /// <exception cref="CspMigrationException"><c>CartLineRefused</c>; <c>ResellerNotValid</c>.</exception>
    public async Task<Purchase> PrepareAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Way != PurchaseWay.Cart || purchase.Cart is not null)
        {
            return purchase;
        }

        if (purchase.Open?.Intent.CartId is { } cartId)
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
            : throw (refused.ErrorCode == ServiceCodes.ParticipantRefused ? PartnerCenterErrors.ResellerNotValid : PartnerCenterErrors.CartLineRefused).Exception(
                $"The service does not sell {purchase.Quantity} seats of {purchase.Offer.Name} to {purchase.CustomerName}: {refused.ErrorDescription} (code {refused.ErrorCode}).",
                purchase.CustomerId,
                purchase.Cases.FirstOrDefault()?.Row.SubscriptionId);
    }

    /// <summary>Buys, reactivates, resizes or converts. The caller has the customer's turn, and has just planned it.</summary>
    /// <returns>The target and the order it came by; null where the subscription to change has just been changed by somebody else, so that it has to be planned again.</returns>
    public async Task<Bought?> ExecuteAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (await GetAsync(purchase, cancellationToken).ConfigureAwait(false) is not { } bought)
        {
            return null;
        }

        foreach (var addOn in purchase.AddOns)
        {
            await BuyAddOnAsync(purchase, bought.Subscription!, addOn, cancellationToken).ConfigureAwait(false);
        }

        return bought;
    }

    private async Task<Bought?> GetAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Way == PurchaseWay.None)
        {
            return await UseAsync(purchase, cancellationToken).ConfigureAwait(false);
        }

        return purchase.Open is { } open
            ? await FinishAsync(purchase, open.Intent, cancellationToken).ConfigureAwait(false)
            : await BeginAsync(await PrepareAsync(purchase, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    // A conflict is an answer: nothing was done, and what is sent after a while is another request (docs/partner-center.md §2).
    private async Task<Bought?> BeginAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var conflicts = 1; ; conflicts++)
        {
            var intent = await _journal.IntendAsync(purchase, cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e is { StatusCode: 409, OutcomeUnknown: false } && !_operation.Journal.View.IsOpen(intent))
            {
                var delay = retry.BackOff(conflicts);
                if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
                {
                    throw;
                }

                _operation.Observer.Verbose($"The service is busy with something else of {purchase.CustomerName}, and has done nothing: {e.Problem}");
                _operation.Observer.Waiting("customer busy", delay);
                await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
                if (await _finder.FindAsync(purchase, intent, cancellationToken).ConfigureAwait(false) is not null)
                {
                    // Somebody else has bought it: it is planned again.
                    return null;
                }
            }
        }
    }

    private async Task<Bought?> FinishAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        _operation.Observer.Verbose($"An earlier run began a purchase for {purchase.CustomerName} and did not see its end: it is finished first.");
        if (purchase.Way != PurchaseWay.Awaited && await _finder.IsOvertakenAsync(purchase, intent, cancellationToken).ConfigureAwait(false))
        {
            var overtaken = PartnerCenterErrors.NotOurSubscription.Exception(
                $"Another target has been bought meanwhile for a source that {purchase.Offer.Name} was to be bought for.", purchase.CustomerId);
            return await GiveUpAsync(purchase, intent, overtaken, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await SendAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (IsOutOfReach(purchase, e))
        {
            return await GiveUpAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
        }
    }

    // The cart has expired, the base is gone, or a source has another target: it cannot be done any more. If it has not been done either, it is over.
    private async Task<Bought?> GiveUpAsync(Purchase purchase, JournalEntry intent, CspMigrationException reason, CancellationToken cancellationToken)
    {
        var trace = await _finder.FindTraceAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
        if (trace.IsNone)
        {
            throw await RefuseAsync(purchase, intent, reason, cancellationToken).ConfigureAwait(false);
        }

        if (trace is { OrderId: { } orderId, SubscriptionId: { } subscriptionId })
        {
            // Bought, and whatever has become of it since: that is what is planned with now.
            await _journal.SettleAsync(intent, orderId, subscriptionId, cancellationToken).ConfigureAwait(false);
            MustPlanAgain = true;
            throw reason;
        }

        return trace.OrderId is not null
            ? await SettleAsync(purchase, intent, new Bought(trace.OrderId, Subscription: null), cancellationToken).ConfigureAwait(false)
            : throw ErrorCatalog.ProvisioningPending.Exception(
                $"An earlier run began to buy {purchase.Offer.Name}, which can no longer be done: {reason.Problem} Whether it was done shows when the service lists its orders, up to 15 minutes after.",
                purchase.CustomerId,
                inner: reason);
    }

    private static bool IsOutOfReach(Purchase purchase, CspMigrationException e)
    {
        return !e.OutcomeUnknown
            && purchase.Way is not (PurchaseWay.Order or PurchaseWay.Awaited)
            && (e.StatusCode == 404 || e.ErrorId == PartnerCenterErrors.PrerequisiteMissing.Id || e.ErrorId == PartnerCenterErrors.NotOurSubscription.Id);
    }

    private async Task<Bought> UseAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var existing = purchase.RestoresRenewal ? await RestoreRenewalAsync(purchase, cancellationToken).ConfigureAwait(false) : purchase.Existing!;
        var begun = OpenPurchases(purchase);

        // What was bought for some of an intent's sources alone is another purchase: the others have none yet.
        var own = begun.FindAll(open => !PurchaseMark.NamesSome(existing.FriendlyName, open.Intent.Sources ?? []));
        var isUndone = purchase.Cases.Any(source => _operation.Journal.View.IsUndone(purchase.CustomerId, source.Key));
        var isBoughtFor = purchase.Outcome != TargetOutcome.Reused && purchase.Cases.All(source => PurchaseMark.Names(existing.FriendlyName, source.Key));
        if (isUndone && isBoughtFor)
        {
            await _journal.ResumeAsync(purchase, cancellationToken).ConfigureAwait(false);
        }
        else if (purchase.Outcome == TargetOutcome.Reused || isUndone || own.Count < begun.Count)
        {
            var intent = await _journal.IntendAsync(purchase, cancellationToken).ConfigureAwait(false);
            await _journal.SettleAsync(intent, existing.OrderId, existing.Id, cancellationToken).ConfigureAwait(false);
        }

        // Also the intent of a lost run is settled now, or a later run would send it again.
        foreach (var open in own)
        {
            await _journal.SettleAsync(open.Intent, existing.OrderId, existing.Id, cancellationToken).ConfigureAwait(false);
        }

        return new Bought(existing.OrderId, existing);
    }

    private async Task<Subscription> RestoreRenewalAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var (customerId, id) = (purchase.CustomerId, purchase.Existing!.Id);
        await JournalStatusAsync(JournalEntryKind.StatusIntended, done: null).ConfigureAwait(false);
        var current = await _operation.Client.Subscriptions.SetAutoRenewAsync(customerId, id, true, cancellationToken).ConfigureAwait(false);
        await JournalStatusAsync(JournalEntryKind.StatusSettled, done: true).ConfigureAwait(false);
        return current;

        Task JournalStatusAsync(JournalEntryKind kind, bool? done) => _operation.Journal.AppendAsync(
            new JournalEntry { Kind = kind, At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = id, Status = "Active", Done = done },
            cancellationToken);
    }

    private List<OpenPurchase> OpenPurchases(Purchase purchase)
    {
        var view = _operation.Journal.View;
        return purchase.Cases.Count == 0
            ? [.. view.OpenNewPurchases(purchase.CustomerId, purchase.FriendlyName).Where(open => CatalogIds.AreSame(purchase.Offer.Id, open.Intent.OfferId))]
            : [.. purchase.Cases.Select(source => view.OpenPurchase(purchase.CustomerId, source.Key)).OfType<OpenPurchase>().Distinct()];
    }

    private async Task<Bought?> SendAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        return purchase.Way switch
        {
            PurchaseWay.Awaited => await SettleAsync(purchase, intent, new Bought(purchase.Open!.OrderId, Subscription: null), cancellationToken).ConfigureAwait(false),
            PurchaseWay.Order or PurchaseWay.AddOnOrder => await OrderAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
            PurchaseWay.Cart => await CheckoutAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
            PurchaseWay.Conversion => await ConvertAsync(purchase, intent, cancellationToken).ConfigureAwait(false),
            PurchaseWay.Reactivation => await ChangeAsync(purchase, intent, ReactivateAsync, cancellationToken).ConfigureAwait(false),
            PurchaseWay.Resize => await ChangeAsync(purchase, intent, ResizeAsync, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"Nothing is sent for {purchase.Way}."),
        };
    }

    /// <summary>Sends until the outcome is known. A refusal is written down only where it speaks of all that was sent under the intent.</summary>
    private Task<Bought> SendOnceAsync(
        Purchase purchase,
        JournalEntry intent,
        string what,
        Func<CancellationToken, Task<Bought>> send,
        Func<CancellationToken, Task<Bought?>> find,
        CancellationToken cancellationToken)
    {
        var wasSent = purchase.Open is not null;
        return _once.RunAsync(what, SendNotedAsync, find, cancellationToken, wasSent);

        async Task<Bought> SendNotedAsync(CancellationToken token)
        {
            try
            {
                return await send(token).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.OutcomeUnknown)
            {
                wasSent = true;
                throw;
            }
            catch (CspMigrationException e) when (wasSent ? IsRefusalOfEarlier(e) : IsRefusal(e))
            {
                throw await RefuseAsync(purchase, intent, e, token).ConfigureAwait(false);
            }
        }
    }

    // A change has a known end, so that it can always be sent again; of several requests an earlier one may have been carried out.
    private async Task<Bought?> ChangeAsync(
        Purchase purchase, JournalEntry intent, Func<Purchase, JournalEntry, CancellationToken, Task<Subscription?>> change, CancellationToken cancellationToken)
    {
        Subscription? changed;
        try
        {
            changed = await change(purchase, intent, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (IsRefusalOfEarlier(e))
        {
            throw await RefuseAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
        }

        if (changed is null)
        {
            return null;
        }

        await _journal.SettleAsync(intent, changed.OrderId, changed.Id, cancellationToken).ConfigureAwait(false);
        return new Bought(changed.OrderId, changed);
    }

    private async Task<CspMigrationException> RefuseAsync(Purchase purchase, JournalEntry intent, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        await _journal.RefuseAsync(intent, refusal, cancellationToken).ConfigureAwait(false);

        // A cart lives for days at most: while a prompt stood, it may have expired.
        MustPlanAgain = purchase.Open is not null || (purchase.Way == PurchaseWay.Cart && refusal.StatusCode == 404);

        // Of the two partners the code can be about, ours was allowed to sell by every check before.
        return refusal.ServiceCode == ServiceCodes.PartnerNotValidForOffer && intent.PartnerIdOnRecord is not null
            ? refusal.Of(PartnerCenterErrors.ResellerNotValid.Id, PartnerCenterErrors.ResellerNotValid.Remedy)
            : refusal;
    }

    // A definite answer to this request: nothing was done.
    private static bool IsRefusal(CspMigrationException e)
    {
        return !e.OutcomeUnknown && (e.StatusCode is >= 400 and < 500 and not 429 || (e.StatusCode is null && e.ServiceCode is not null));
    }

    // What is refused because of the sign-in, of where it was sent, or of something else that is under way, says nothing of the same request sent before.
    private static bool IsRefusalOfEarlier(CspMigrationException e)
    {
        return IsRefusal(e)
            && e.StatusCode is not (401 or 404 or 409)
            && e.ErrorId != PartnerCenterErrors.Unauthorized.Id
            && e.ErrorId != PartnerCenterErrors.MfaRequired.Id
            && e.ErrorId != PartnerCenterErrors.AppOnlyToken.Id
            && e.ErrorId != PartnerCenterErrors.NoDelegatedRights.Id;
    }

    private async Task<Bought?> OrderAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
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
        var bought = await SendOnceAsync(
            purchase,
            intent,
            "the order",
            async token =>
            {
                var order = parent is null
                    ? await _operation.Client.Orders.CreateAsync(purchase.CustomerId, line, intent.RequestId!.Value, token).ConfigureAwait(false)
                    : await _operation.Client.Orders.AddAddOnAsync(
                        purchase.CustomerId, parent.OrderId!, parent.Id, line, intent.RequestId!.Value, token).ConfigureAwait(false);
                return new Bought(order.Id, Subscription: null);
            },
            token => _finder.FindAsync(purchase, intent, token),
            cancellationToken).ConfigureAwait(false);
        return await SettleAsync(purchase, intent, bought, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Bought?> CheckoutAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var cartId = intent.CartId ?? purchase.Cart?.Id ?? throw new InvalidOperationException("There is no cart to submit.");
        var bought = await SendOnceAsync(
            purchase,
            intent,
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
                    // Submitted before, so bought: the subscription tells (docs/partner-center.md §9).
                    return new Bought(OrderId: null, Subscription: null);
                }
            },
            token => _finder.FindAsync(purchase, intent, token),
            cancellationToken).ConfigureAwait(false);
        return await SettleAsync(purchase, intent, bought, cancellationToken).ConfigureAwait(false);
    }

    private static CspMigrationException Refused(Purchase purchase, CheckoutResult result)
    {
        var error = result.Errors.FirstOrDefault();
        return ServiceFailure.OfCode(
            error.Key, $"The service took the cart but not the order of {purchase.Offer.Name}: {error.Value} (code {error.Key}).", purchase.CustomerId);
    }

    // Once it is accepted this is written down before anything else, then again with the successor's id. What fails in between undoes nothing.
    // Null where somebody has ended it meanwhile: it is planned again.
    private async Task<Bought?> SettleAsync(Purchase purchase, JournalEntry intent, Bought bought, CancellationToken cancellationToken)
    {
        if (bought.Subscription is null)
        {
            if (purchase.Way != PurchaseWay.Awaited)
            {
                await _journal.SettleAsync(intent, bought.OrderId, subscriptionId: null, cancellationToken).ConfigureAwait(false);
            }

            var subscription = await _finder.AwaitAsync(purchase, intent, bought.OrderId, cancellationToken).ConfigureAwait(false);
            bought = new Bought(bought.OrderId ?? subscription.OrderId, subscription);
        }

        await _journal.SettleAsync(intent, bought.OrderId, bought.Subscription!.Id, cancellationToken).ConfigureAwait(false);
        return bought.Subscription is { IsSuspended: false, IsDeleted: false } ? bought : null;
    }

    // An add-on is a purchase of its own, without a source, that goes with the base just bought.
    private async Task BuyAddOnAsync(Purchase purchase, Subscription parent, AddOnPurchase addOn, CancellationToken cancellationToken)
    {
        var cycle = parent.BillingCycle ?? purchase.BillingCycle;
        var term = parent.TermDuration ?? purchase.TermDuration;
        var own = purchase with
        {
            Cases = [],
            Way = addOn.Sale.NewCommerce is null ? PurchaseWay.AddOnOrder : PurchaseWay.Cart,
            Outcome = TargetOutcome.Purchased,
            Offer = addOn.Offer,
            Quantity = addOn.Quantity,
            BillingCycle = cycle,
            TermDuration = term,
            FriendlyName = PurchaseMark.AppendWith(addOn.Name, parent.Id),
            Parent = parent,
            Existing = null,
            Conversion = null,
            RestoresRenewal = false,
            Open = null,
            Cart = null,
            CatalogItemId = addOn.Sale.NewCommerce?.CatalogItemId(term, cycle) ?? addOn.Sale.NewCommerce?.AnyCatalogItemId,
            AddOns = [],
            Options = purchase.Options with { Quantity = addOn.Basis == AddOnQuantityBasis.Asked ? addOn.Quantity : null },
        };
        if (await _finder.IsBoughtAsync(own, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (OpenPurchases(own).FirstOrDefault() is { } open)
        {
            own = own with { Open = open, Way = open.IsAccepted ? PurchaseWay.Awaited : own.Way };
        }

        _ = await GetAsync(own, cancellationToken).ConfigureAwait(false);
        _operation.Observer.Verbose($"{addOn.Name} was bought as an add-on to {purchase.Offer.Name} ({parent.Id}).");
    }

    private async Task<Bought> ConvertAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var trial = purchase.Existing!;
        if (purchase.Conversion is not { } conversion)
        {
            throw PartnerCenterErrors.NotOurSubscription.Exception($"The service no longer offers to convert the trial {trial.OfferName} ({trial.Id}).", purchase.CustomerId, trial.Id);
        }

        var sent = await SendOnceAsync(
            purchase,
            intent,
            "the conversion",
            async token =>
            {
                await _operation.Client.Conversions.ConvertAsync(
                    purchase.CustomerId, trial.Id, conversion, purchase.Quantity, purchase.BillingCycle, intent.RequestId!.Value, token).ConfigureAwait(false);
                return new Bought(OrderId: null, Subscription: null);
            },
            async token => await ReadAsync(token).ConfigureAwait(false) is { IsTrial: false } current ? new Bought(current.OrderId, current) : null,
            cancellationToken).ConfigureAwait(false);
        await _journal.SettleAsync(intent, sent.OrderId, trial.Id, cancellationToken).ConfigureAwait(false);
        var converted = sent.Subscription ?? await ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Bought(converted.OrderId, converted);

        Task<Subscription> ReadAsync(CancellationToken token) => _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, trial.Id, token);
    }

    private async Task<Subscription?> ReactivateAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var current = await _operation.Client.Subscriptions.SetStatusAsync(purchase.CustomerId, id, "active", cancellationToken).ConfigureAwait(false);

        // Of a source, its users tell with the journal lost that it has its seats.
        if (purchase.Cases.Count == 0)
        {
            current = await MarkSeatsAsync(purchase, id, cancellationToken).ConfigureAwait(false);
        }

        var quantity = intent.Quantity ?? purchase.Quantity;
        return current.HasQuantity && current.Quantity < quantity
            ? await _operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, id, quantity, cancellationToken).ConfigureAwait(false)
            : current;
    }

    // The mark comes first, then the seats: with the journal lost it tells that seats may have been added.
    private async Task<Subscription?> ResizeAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var current = await _operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        var after = intent.Quantity ?? purchase.Quantity;

        // Nothing has been sent yet: planned for other seats than there are, it would take some of them for its own.
        if (purchase.Open is null && current.Quantity != intent.QuantityBefore)
        {
            await _journal.RefuseAsync(intent, ErrorCatalog.PlanChanged.Exception($"{current.OfferName} ({current.Id}) has {current.Quantity} seats by now."), cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (current.Quantity != after && intent.QuantityBefore is { } before && current.Quantity != before)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{current.OfferName} ({current.Id}) was to grow from {before} to {after} seats; it has {current.Quantity}.", purchase.CustomerId, current.Id);
        }

        _ = await MarkSeatsAsync(purchase, id, cancellationToken).ConfigureAwait(false);
        return await _operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, id, after, cancellationToken).ConfigureAwait(false);
    }

    private static string ExistingId(Purchase purchase, JournalEntry intent)
    {
        return purchase.Existing?.Id ?? intent.SubscriptionId ?? throw new InvalidOperationException("Nothing says which subscription is changed.");
    }

    private Task<Subscription> MarkSeatsAsync(Purchase purchase, string subscriptionId, CancellationToken cancellationToken)
    {
        var keys = purchase.Cases.Count == 0 ? [PurchaseMark.KeyOf(purchase.FriendlyName)] : purchase.Keys;
        return _operation.Client.Subscriptions.SetFriendlyNameAsync(
            purchase.CustomerId,
            subscriptionId,
            name => keys.All(key => PurchaseMark.NamesSeats(name, key)) ? name! : PurchaseMark.AppendSeats(name, keys),
            cancellationToken);
    }

    private async Task<Subscription> ParentAsync(Purchase purchase, JournalEntry intent, CancellationToken cancellationToken)
    {
        var subscriptions = await _operation.Client.Subscriptions.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        var parentId = intent.ParentSubscriptionId;
        return subscriptions.FirstOrDefault(subscription => subscription.IsActive && subscription.OrderId is not null && (parentId is null
                ? purchase.Offer.Prerequisites.Any(needed => CatalogIds.AreSame(needed, subscription.OfferId))
                : ServiceIds.Same(subscription.Id, parentId)))
            ?? throw PartnerCenterErrors.PrerequisiteMissing.Exception(
                $"The base of {purchase.Offer.Name} is not there: one of {string.Join(" or ", purchase.Offer.Prerequisites)}.", purchase.CustomerId);
    }
}
