using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>
/// Has the service change a source in place. There is no way back, and a second transition would change what the first has made: the list of
/// transitions is looked at before anything is sent.
/// </summary>
internal sealed class TransitionExecutor : MethodExecutor
{
    public TransitionExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    public override async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var change = intent with { OfferId = intent.OfferId ?? purchase.Offer.CatalogItem };
        var source = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        var found = await FindInAsync(source, cancellationToken).ConfigureAwait(false);

        // Nothing has been sent yet: planned for other seats than there are, it would change some that no one was asked about.
        if (found is null && purchase.Open is null && source.Quantity != purchase.Quantity)
        {
            await PlanAgainAsync(intent, source, more: "", cancellationToken).ConfigureAwait(false);
            return null;
        }

        try
        {
            _ = found ?? await Settlement.SendOnceAsync(purchase, intent, "the transition", BeginAsync, FindAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.MethodNotAvailable.Id)
        {
            // What is under way is not offered any more: an earlier request may have begun it.
            if (await FindAsync(cancellationToken).ConfigureAwait(false) is null)
            {
                throw await Settlement.RefuseAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
            }
        }

        await Settlement.Journal.SettleAsync(intent, orderId: null, id, cancellationToken).ConfigureAwait(false);
        return new PurchaseReceipt(OrderId: null, await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false));

        async Task<PurchaseReceipt> BeginAsync(CancellationToken token)
        {
            var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, token).ConfigureAwait(false);
            var target = await TransitionTargets.FindAsync(Operation, purchase, intent, id, atRenewal: false, token).ConfigureAwait(false);
            if (!target.IsEligible || target.Quantity < current.Quantity || current.Quantity != purchase.Quantity)
            {
                throw TransitionTargets.NotOffered(purchase, id, target.Problem
                    ?? (current.Quantity != purchase.Quantity ? $"it was to be changed with {purchase.Quantity} seats, and has {current.Quantity} by now." : $"it is offered for {target.Quantity} of {current.Quantity} seats."));
            }

            await Operation.Client.Transitions.BeginAsync(
                purchase.CustomerId, current, target, intent.TermDuration ?? purchase.TermDuration, intent.BillingCycle ?? purchase.BillingCycle, intent.RequestId!.Value, token).ConfigureAwait(false);
            return new PurchaseReceipt(OrderId: null, current);
        }

        async Task<PurchaseReceipt?> FindAsync(CancellationToken token)
        {
            var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, token).ConfigureAwait(false);
            return await FindInAsync(current, token).ConfigureAwait(false);
        }

        async Task<PurchaseReceipt?> FindInAsync(Subscription current, CancellationToken token) =>
            await InPlaceChange.IsStandingAsync(Operation, purchase.CustomerId, current, change, token).ConfigureAwait(false) ? new PurchaseReceipt(OrderId: null, current) : null;
    }
}
