using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Adds seats to an existing subscription.</summary>
internal sealed class ResizeExecutor : ChangeExecutor
{
    public ResizeExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    // The mark comes first, then the seats: with the journal lost it shows that seats may have been added.
    protected override async Task<Subscription?> ChangeAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        var after = intent.Quantity ?? purchase.Quantity;

        // Nothing has been sent yet: planned for other seats than there are, it would take some of them for its own.
        if (purchase.Open is null && current.Quantity != intent.QuantityBefore)
        {
            await PlanAgainAsync(intent, current, more: "", cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (current.Quantity != after && intent.QuantityBefore is { } before && current.Quantity != before)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{current.OfferName} ({current.Id}) was to grow from {before} to {after} seats; it has {current.Quantity}.", purchase.CustomerId, current.Id);
        }

        _ = await MarkSeatsAsync(purchase, id, cancellationToken).ConfigureAwait(false);
        return await Operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, id, after, new TermEndKeeper(Operation), cancellationToken).ConfigureAwait(false);
    }
}
