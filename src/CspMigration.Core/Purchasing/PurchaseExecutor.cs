using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Carries a decided purchase out. What an earlier run sent and never heard of is finished first.</summary>
internal sealed class PurchaseExecutor
{
    private readonly MigrationOperation _operation;
    private readonly PurchaseSettlement _settlement;

    public PurchaseExecutor(MigrationOperation operation)
    {
        _operation = operation;
        _settlement = new PurchaseSettlement(operation);
    }

    /// <inheritdoc cref="PurchaseSettlement.MustPlanAgain"/>
    public bool MustPlanAgain => _settlement.MustPlanAgain;

    /// <inheritdoc cref="CartExecutor.PrepareAsync"/>
    public Task<Purchase> PrepareAsync(Purchase purchase, CancellationToken cancellationToken) => new CartExecutor(_operation, _settlement).PrepareAsync(purchase, cancellationToken);

    /// <summary>Buys, reactivates, resizes or converts. The caller has the customer's turn, and has just planned it.</summary>
    /// <returns>The target and the order it came by; null where the subscription to change has just been changed by another administrator, so that it has to be planned again.</returns>
    public async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, CancellationToken cancellationToken)
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

    private async Task<PurchaseReceipt?> GetAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Method is Reuse)
        {
            return await UseAsync(purchase, cancellationToken).ConfigureAwait(false);
        }

        return purchase.Open is { } open
            ? await FinishAsync(purchase, open.Intent, cancellationToken).ConfigureAwait(false)
            : await BeginAsync(await PrepareAsync(purchase, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    // A conflict is an answer: nothing was done, and what is sent after a while is another request (docs/partner-center.md §2).
    private async Task<PurchaseReceipt?> BeginAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var conflicts = 1; ; conflicts++)
        {
            var intent = await _settlement.Journal.IntendAsync(purchase, cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.ErrorId == PartnerCenterErrors.OfferLimitReached.Id && _operation.Journal.View.IsOpen(intent))
            {
                return await AbandonAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e is { StatusCode: 409, OutcomeUnknown: false } && !_operation.Journal.View.IsOpen(intent))
            {
                var delay = retry.BackOff(conflicts);
                if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
                {
                    throw;
                }

                _operation.Observer.Verbose($"The service is processing another operation of {purchase.CustomerName} and changed nothing: {e.Problem}");
                _operation.Observer.Waiting("customer busy", delay);
                await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
                if (await _settlement.Finder.FindAsync(purchase, intent, cancellationToken).ConfigureAwait(false) is not null)
                {
                    // Another administrator has bought it: it is planned again.
                    return null;
                }
            }
        }
    }

    private async Task<PurchaseReceipt?> FinishAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        _operation.Observer.Verbose($"An earlier run started a purchase for {purchase.CustomerName} that is not finished: it is finished first.");
        if (purchase.Method is not AwaitedPurchase && await _settlement.Finder.IsOvertakenAsync(purchase, intent, cancellationToken).ConfigureAwait(false))
        {
            var overtaken = PartnerCenterErrors.NotOurSubscription.Exception(
                $"Another target has been bought meanwhile for a source that {purchase.Offer.Name} was to be bought for.", purchase.CustomerId);
            return await AbandonAsync(purchase, intent, overtaken, cancellationToken).ConfigureAwait(false);
        }

        // For how long the service knows a request by its id, it does not say. An order keeps the name it was placed under.
        if (purchase.Method is LegacyOrder && (await _settlement.Finder.FindTraceAsync(purchase, intent, cancellationToken).ConfigureAwait(false)).OrderId is { } placed)
        {
            return await _settlement.SettleAsync(purchase, intent, new PurchaseReceipt(placed, Subscription: null), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await SendAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (IsOutOfReach(purchase, e))
        {
            return await AbandonAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
        }
    }

    // The cart has expired, the base is gone, a source has another target, or there are as many as a customer can have: it cannot be done any more.
    // If it has not been done either, it is over.
    private async Task<PurchaseReceipt?> AbandonAsync(Purchase purchase, PurchaseIntended intent, CspMigrationException reason, CancellationToken cancellationToken)
    {
        var trace = await _settlement.Finder.FindTraceAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
        if (trace.IsNone)
        {
            throw await _settlement.RefuseAsync(purchase, intent, reason, cancellationToken).ConfigureAwait(false);
        }

        if (trace is { OrderId: { } orderId, SubscriptionId: { } subscriptionId })
        {
            // Bought, and whatever has become of it since: that is what is planned with now.
            await _settlement.Journal.SettleAsync(intent, orderId, subscriptionId, cancellationToken).ConfigureAwait(false);
            _settlement.MustPlanAgain = true;
            throw reason;
        }

        return trace.OrderId is not null
            ? await _settlement.SettleAsync(purchase, intent, new PurchaseReceipt(trace.OrderId, Subscription: null), cancellationToken).ConfigureAwait(false)
            : throw ErrorCatalog.ProvisioningPending.Exception(
                $"An earlier request started to buy {purchase.Offer.Name}, which is no longer possible: {reason.Problem} The service can take up to 15 minutes to list the order, if it was placed.",
                purchase.CustomerId,
                inner: reason);
    }

    private static bool IsOutOfReach(Purchase purchase, CspMigrationException e)
    {
        return !e.OutcomeUnknown
            && purchase.Method is not AwaitedPurchase
            && (e.ErrorId == PartnerCenterErrors.OfferLimitReached.Id
                || (purchase.Method is not LegacyOrder
                    && (e.StatusCode == 404 || e.ErrorId == PartnerCenterErrors.PrerequisiteMissing.Id || e.ErrorId == PartnerCenterErrors.NotOurSubscription.Id)));
    }

    private async Task<PurchaseReceipt> UseAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var existing = purchase.RestoresRenewal ? await RestoreRenewalAsync(purchase, cancellationToken).ConfigureAwait(false) : purchase.Existing!;
        var begun = OpenPurchases(purchase);

        // What was bought for some of an intent's sources alone is another purchase: the others have none yet.
        var own = begun.FindAll(open => !PurchaseMark.NamesSome(existing.FriendlyName, open.Intent.Sources));
        var isUndone = purchase.Cases.Any(source => _operation.Journal.View.IsUndone(purchase.CustomerId, source.Key));
        var isBoughtFor = purchase.Outcome != TargetOutcome.Reused && purchase.Cases.All(source => PurchaseMark.Names(existing.FriendlyName, source.Key));
        if (isUndone && isBoughtFor)
        {
            await _settlement.Journal.ResumeAsync(purchase, cancellationToken).ConfigureAwait(false);
        }
        else if (purchase.Outcome == TargetOutcome.Reused || isUndone || own.Count < begun.Count)
        {
            var intent = await _settlement.Journal.IntendAsync(purchase, cancellationToken).ConfigureAwait(false);
            await _settlement.Journal.SettleAsync(intent, existing.OrderId, existing.Id, cancellationToken).ConfigureAwait(false);
        }

        // Also the intent of a lost run is settled now, or a later run would send it again.
        foreach (var open in own)
        {
            await _settlement.Journal.SettleAsync(open.Intent, existing.OrderId, existing.Id, cancellationToken).ConfigureAwait(false);
        }

        return new PurchaseReceipt(existing.OrderId, existing);
    }

    private async Task<Subscription> RestoreRenewalAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var (customerId, id) = (purchase.CustomerId, purchase.Existing!.Id);
        var intended = new StatusIntended { At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = id, Status = JournalStatus.Active };
        await _operation.Journal.AppendAsync(intended, cancellationToken).ConfigureAwait(false);
        var current = purchase.Existing.Commerce == CommerceKind.NewCommerce
            ? await _operation.Client.Subscriptions.SetTermEndAsync(customerId, id, EndOfTermSetting.Renew, cancellationToken).ConfigureAwait(false)
            : await _operation.Client.Subscriptions.SetAutoRenewAsync(customerId, id, true, cancellationToken).ConfigureAwait(false);
        await _operation.Journal.AppendAsync(intended.Done(_operation.Time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        return current;
    }

    private List<OpenPurchase> OpenPurchases(Purchase purchase)
    {
        var view = _operation.Journal.View;
        return purchase.Cases.Count == 0
            ? [.. view.OpenNewPurchases(purchase.CustomerId, purchase.FriendlyName).Where(open => purchase.Offer.CatalogItem.IsSameAs(open.Intent.OfferId))]
            : [.. purchase.Cases.Select(source => view.OpenPurchase(purchase.CustomerId, source.Key)).OfType<OpenPurchase>().Distinct()];
    }

    private Task<PurchaseReceipt?> SendAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        return purchase.Method is AwaitedPurchase
            ? _settlement.SettleAsync(purchase, intent, new PurchaseReceipt(purchase.Open!.OrderId, Subscription: null), cancellationToken)
            : ExecutorOf(purchase.Method).ExecuteAsync(purchase, intent, cancellationToken);
    }

    private MethodExecutor ExecutorOf(PurchaseMethod method) => method switch
    {
        LegacyOrder or AddOnOrder => new OrderExecutor(_operation, _settlement),
        CartOrder => new CartExecutor(_operation, _settlement),
        TrialConversion => new ConversionExecutor(_operation, _settlement),
        TransitionInPlace => new TransitionExecutor(_operation, _settlement),
        ChangeAtRenewal => new RenewalExecutor(_operation, _settlement),
        Reactivation => new ReactivationExecutor(_operation, _settlement),
        Resize => new ResizeExecutor(_operation, _settlement),
        _ => throw new InvalidOperationException($"Nothing is sent for {method.Word}."),
    };

    // An add-on is a purchase of its own, without a source, that goes with the base just bought.
    private async Task BuyAddOnAsync(Purchase purchase, Subscription parent, AddOnPurchase addOn, CancellationToken cancellationToken)
    {
        var cycle = parent.BillingCycle ?? purchase.BillingCycle;
        var term = parent.TermDuration ?? purchase.TermDuration;
        var own = purchase with
        {
            Cases = [],
            Method = MethodOf(addOn, parent, term, cycle),
            Outcome = TargetOutcome.Purchased,
            Offer = addOn.Offer,
            Quantity = addOn.Quantity,
            BillingCycle = cycle,
            TermDuration = term,
            FriendlyName = PurchaseMark.AppendWith(addOn.Name, parent.Id),
            RestoresRenewal = false,
            Open = null,
            AddOns = [],
            Options = purchase.Options with { Quantity = addOn.Basis == AddOnQuantityBasis.Asked ? addOn.Quantity : null },
        };
        if (await _settlement.Finder.IsBoughtAsync(own, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (OpenPurchases(own).FirstOrDefault() is { } open)
        {
            own = own with { Open = open, Method = open.IsAccepted ? new AwaitedPurchase { Begun = own.Method } : own.Method };
        }

        _ = await GetAsync(own, cancellationToken).ConfigureAwait(false);
        _operation.Observer.Verbose($"{addOn.Name} was bought as an add-on to {purchase.Offer.Name} ({parent.Id}).");
    }

    private static PurchaseMethod MethodOf(AddOnPurchase addOn, Subscription parent, string term, string cycle)
    {
        return addOn.Sale.NewCommerce is { } newCommerce
            ? new CartOrder { Parent = parent, CatalogItemId = newCommerce.CatalogItemId(term, cycle) ?? newCommerce.AnyCatalogItemId }
            : new AddOnOrder { Parent = parent };
    }
}
