using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Operations;
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
        var offerId = intent.OfferId ?? purchase.Offer.CatalogItem;
        var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        if (InPlaceChange.IsScheduled(current, offerId) || current.OfferId.IsSameAs(offerId))
        {
            return current;
        }

        // Nothing has been sent yet: someone has decided otherwise since it was confirmed, or needs other seats.
        if (purchase is { Open: null, Existing: { } confirmed } && (current.Quantity != purchase.Quantity || !confirmed.TermEnd.IsSameAs(current.TermEnd)))
        {
            await PlanAgainAsync(intent, current, $": {EndOfTermRules.Describe(current)}", cancellationToken).ConfigureAwait(false);
            return null;
        }

        var target = await TransitionTargets.FindAsync(Operation, purchase, intent, id, atRenewal: true, cancellationToken).ConfigureAwait(false);
        var next = EndOfTermSetting.RenewAs(ScheduledAction.RenewTo(target.CatalogItemId, intent.TermDuration ?? purchase.TermDuration, intent.BillingCycle ?? purchase.BillingCycle, current.Quantity));
        try
        {
            var changed = await Operation.Client.Subscriptions.SetTermEndAsync(
                purchase.CustomerId, id, next, cancellationToken, EndOfTermRules.IsStill(purchase.CustomerId, current, next), isOneChange: true).ConfigureAwait(false);
            return InPlaceChange.IsScheduled(changed, offerId) ? changed : throw await RestoreTermEndAsync(purchase, intent, current, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.PlanChanged.Id)
        {
            await PlanAgainAsync(intent, current, $": {EndOfTermRules.Describe(current)}", cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (CspMigrationException e) when (SubscriptionOperations.IsRefusal(e))
        {
            throw TransitionTargets.NotOffered(purchase, id, $"the service refuses to schedule it. {e.Problem}");
        }
    }

    // Auto-renew alone would renew what is to go.
    private async Task<CspMigrationException> RestoreTermEndAsync(Purchase purchase, PurchaseIntended intent, Subscription current, CancellationToken cancellationToken)
    {
        var before = intent.TermEndBefore?.ToSetting() ?? current.TermEnd;
        var restored = await Operation.Client.Subscriptions.SetTermEndAsync(purchase.CustomerId, current.Id, before, cancellationToken).ConfigureAwait(false);
        return TransitionTargets.NotOffered(purchase, current.Id, before.IsOf(restored)
            ? "the service did not take what was scheduled. What stood there before is restored."
            : $"the service did not take what was scheduled, nor what stood there before. It is now: {EndOfTermRules.Describe(restored)}.");
    }
}
