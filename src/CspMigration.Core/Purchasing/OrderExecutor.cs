using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Places a legacy order, or adds a line to that of the base.</summary>
internal sealed class OrderExecutor : MethodExecutor
{
    public OrderExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    public override async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var line = new NewOrderLine
        {
            OfferId = intent.OfferId ?? purchase.Offer.CatalogItem
                ?? throw ErrorCatalog.JournalDamaged.Exception($"The journal does not say which offer was ordered as {purchase.FriendlyName}.", purchase.CustomerId),
            FriendlyName = intent.FriendlyName ?? purchase.FriendlyName,
            Quantity = intent.Quantity ?? purchase.Quantity,
            BillingCycle = intent.BillingCycle ?? purchase.BillingCycle,
            PartnerIdOnRecord = intent.PartnerIdOnRecord,
        };
        var parent = purchase.Method is AddOnOrder ? await ParentAsync(purchase, intent, cancellationToken).ConfigureAwait(false) : null;
        var bought = await Settlement.SendOnceAsync(
            purchase,
            intent,
            "the order",
            async token =>
            {
                var order = parent is null
                    ? await Operation.Client.Orders.CreateAsync(purchase.CustomerId, line, intent.RequestId!.Value, token).ConfigureAwait(false)
                    : await Operation.Client.Orders.AddAddOnAsync(
                        purchase.CustomerId, parent.OrderId!.Value, parent.Id, line, intent.RequestId!.Value, token).ConfigureAwait(false);
                return new PurchaseReceipt(order.Id, Subscription: null);
            },
            token => Settlement.Finder.FindAsync(purchase, intent, token),
            cancellationToken).ConfigureAwait(false);
        return await Settlement.SettleAsync(purchase, intent, bought, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Subscription> ParentAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var subscriptions = await Operation.Client.Subscriptions.ListAsync(purchase.CustomerId, cancellationToken).ConfigureAwait(false);
        var parentId = intent.ParentSubscriptionId;
        var ordered = subscriptions.Where(subscription => subscription.OrderId is not null);
        return (parentId is null
                ? AddOnBases.Of(ordered, purchase, Operation.Time.GetUtcNow()).FirstOrDefault()
                : ordered.FirstOrDefault(subscription => subscription.IsActive && subscription.Id.Is(parentId)))
            ?? throw PartnerCenterErrors.PrerequisiteMissing.Exception(
                $"The base of {purchase.Offer.Name} is not there: one of {string.Join(" or ", purchase.Offer.Prerequisites)}.", purchase.CustomerId);
    }
}
