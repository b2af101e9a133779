using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Makes a suspended subscription active again.</summary>
internal sealed class ReactivationExecutor : ChangeExecutor
{
    public ReactivationExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    protected override async Task<Subscription?> ChangeAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var current = await Operation.Client.Subscriptions.SetStatusAsync(purchase.CustomerId, id, "active", cancellationToken).ConfigureAwait(false);

        // Of a source, its users show with the journal lost that it has its seats.
        if (purchase.Cases.Count == 0)
        {
            current = await MarkSeatsAsync(purchase, id, cancellationToken).ConfigureAwait(false);
        }

        var quantity = intent.Quantity ?? purchase.Quantity;
        return current.HasQuantity && current.Quantity < quantity
            ? await Operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, id, quantity, new TermEndKeeper(Operation), cancellationToken).ConfigureAwait(false)
            : current;
    }
}
