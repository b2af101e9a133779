using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;

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
        try
        {
            _ = await FindAsync(cancellationToken).ConfigureAwait(false)
                ?? await Settlement.SendOnceAsync(purchase, intent, "the transition", BeginAsync, FindAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.MethodNotAvailable.Id)
        {
            throw await Settlement.RefuseAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
        }

        await Settlement.Journal.SettleAsync(intent, orderId: null, id, cancellationToken).ConfigureAwait(false);
        return new PurchaseReceipt(OrderId: null, await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false));

        async Task<PurchaseReceipt> BeginAsync(CancellationToken token)
        {
            var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, token).ConfigureAwait(false);
            var target = await TransitionTargets.FindAsync(Operation, purchase, intent, id, atRenewal: false, token).ConfigureAwait(false);
            if (!target.IsEligible || target.Quantity < current.Quantity)
            {
                throw TransitionTargets.NotOffered(purchase, id, target.Problem ?? $"it is offered for {target.Quantity} of {current.Quantity} seats.");
            }

            await Operation.Client.Transitions.BeginAsync(
                purchase.CustomerId, current, target, intent.TermDuration ?? purchase.TermDuration, intent.BillingCycle ?? purchase.BillingCycle, intent.RequestId!.Value, token).ConfigureAwait(false);
            return new PurchaseReceipt(OrderId: null, current);
        }

        async Task<PurchaseReceipt?> FindAsync(CancellationToken token)
        {
            var transitions = await Operation.Client.Transitions.ListAsync(purchase.CustomerId, id, token).ConfigureAwait(false);
            return transitions.Any(transition => !transition.HasFailed && CatalogIds.AreSame(transition.ToCatalogItemId, intent.OfferId ?? purchase.Offer.Id))
                ? new PurchaseReceipt(OrderId: null, await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, token).ConfigureAwait(false))
                : null;
        }
    }
}
