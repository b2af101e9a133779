using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Catalog;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>
/// Has a source become its target when its term renews. Auto-renew and the next term go together; where the next term does not stick, what stood
/// there before is restored at once.
/// </summary>
internal sealed class RenewalExecutor : ChangeExecutor
{
    public RenewalExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    protected override async Task<Subscription?> ChangeAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var subscriptions = Operation.Client.Subscriptions;
        var current = await subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        if (IsScheduled(current) || CatalogIds.AreSame(current.OfferId, intent.OfferId ?? purchase.Offer.Id))
        {
            return current;
        }

        var target = await TransitionTargets.FindAsync(Operation, purchase, intent, id, atRenewal: true, cancellationToken).ConfigureAwait(false);
        var next = ScheduledAction.RenewTo(target.CatalogItemId, intent.TermDuration ?? purchase.TermDuration, intent.BillingCycle ?? purchase.BillingCycle, current.Quantity);
        var changed = await subscriptions.SetTermEndAsync(purchase.CustomerId, id, EndOfTermSetting.RenewAs(next), cancellationToken).ConfigureAwait(false);
        if (IsScheduled(changed))
        {
            return changed;
        }

        _ = await subscriptions.SetTermEndAsync(purchase.CustomerId, id, intent.TermEndBefore?.ToSetting() ?? current.TermEnd, cancellationToken).ConfigureAwait(false);
        throw TransitionTargets.NotOffered(purchase, id, "the service did not take what was scheduled. What stood there before is restored.");

        bool IsScheduled(Subscription subscription)
        {
            return subscription.AutoRenewEnabled && CatalogIds.AreSame(subscription.ScheduledAction?.ProductSku, intent.OfferId ?? purchase.Offer.Id);
        }
    }
}
