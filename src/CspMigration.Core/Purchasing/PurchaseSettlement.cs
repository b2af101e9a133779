using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Core.Purchasing;

/// <summary>Sends the request of a purchase until its outcome is known, and writes that down.</summary>
internal sealed class PurchaseSettlement
{
    private readonly IdempotentSender _once;

    public PurchaseSettlement(MigrationOperation operation)
    {
        Journal = new PurchaseJournal(operation);
        Finder = new PurchasedSubscriptionFinder(operation, Journal);
        _once = new IdempotentSender(operation);
    }

    public PurchaseJournal Journal { get; }

    public PurchasedSubscriptionFinder Finder { get; }

    /// <summary>Whether a failure is none of the source: what an earlier run began, or the cart that was confirmed, is over, so that it can be planned again.</summary>
    public bool MustPlanAgain { get; set; }

    /// <summary>Sends until the outcome is known. A refusal is written down only where it speaks of all that was sent under the intent.</summary>
    public Task<PurchaseReceipt> SendOnceAsync(
        Purchase purchase,
        PurchaseIntended intent,
        string what,
        Func<CancellationToken, Task<PurchaseReceipt>> send,
        Func<CancellationToken, Task<PurchaseReceipt?>> find,
        CancellationToken cancellationToken)
    {
        var wasSent = purchase.Open is not null;
        return _once.RunAsync(what, SendNotedAsync, find, cancellationToken, wasSent);

        async Task<PurchaseReceipt> SendNotedAsync(CancellationToken token)
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

    /// <summary>Writes a refusal down.</summary>
    /// <returns>The failure as it is reported.</returns>
    public async Task<CspMigrationException> RefuseAsync(Purchase purchase, PurchaseIntended intent, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        await Journal.RefuseAsync(intent, refusal, cancellationToken).ConfigureAwait(false);

        // A cart lives for days at most: while a prompt stood, it may have expired.
        MustPlanAgain = purchase.Open is not null || (purchase.Method is CartOrder && refusal.StatusCode == 404);

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

    /// <summary>
    /// Whether it is a definite answer to all that was sent under the intent. What is refused because of the sign-in, of where it was sent, or
    /// of something else that is under way, says nothing of the same request sent before; that there are as many as a customer can have
    /// may be because of it.
    /// </summary>
    public static bool IsRefusalOfEarlier(CspMigrationException e)
    {
        return IsRefusal(e)
            && e.StatusCode is not (401 or 404 or 409)
            && e.ErrorId != PartnerCenterErrors.OfferLimitReached.Id
            && e.ErrorId != PartnerCenterErrors.Unauthorized.Id
            && e.ErrorId != PartnerCenterErrors.MfaRequired.Id
            && e.ErrorId != PartnerCenterErrors.AppOnlyToken.Id
            && e.ErrorId != PartnerCenterErrors.NoDelegatedRights.Id;
    }

    /// <summary>
    /// Waits for the subscription of what was accepted. That it was accepted is written down before anything else, then again with the target's id:
    /// what fails in between undoes nothing.
    /// </summary>
    /// <returns>Null where someone has ended it meanwhile: it is planned again.</returns>
    public async Task<PurchaseReceipt?> SettleAsync(Purchase purchase, PurchaseIntended intent, PurchaseReceipt bought, CancellationToken cancellationToken)
    {
        if (bought.Subscription is null)
        {
            if (purchase.Method is not AwaitedPurchase)
            {
                await Journal.SettleAsync(intent, bought.OrderId, subscriptionId: null, cancellationToken).ConfigureAwait(false);
            }

            var subscription = await Finder.AwaitAsync(purchase, intent, bought.OrderId, cancellationToken).ConfigureAwait(false);
            bought = new PurchaseReceipt(bought.OrderId ?? subscription.OrderId, subscription);
        }

        await Journal.SettleAsync(intent, bought.OrderId, bought.Subscription!.Id, cancellationToken).ConfigureAwait(false);
        return bought.Subscription.IsOutOfService ? null : bought;
    }
}
