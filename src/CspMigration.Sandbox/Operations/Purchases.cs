using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>Turns what has been checked into an order and its subscriptions, for either commerce.</summary>
internal static class Purchases
{
    private const int ShortOrderId = 12;

    public static Order Open(Call call, Commerce commerce, string billingCycle)
    {
        var lag = call.World.OrderListLag > call.World.ProvisioningDelay ? call.World.OrderListLag : call.World.ProvisioningDelay;
        var order = new Order
        {
            Id = OrderId(call, commerce),
            Commerce = commerce,
            WasPlacedHere = true,
            BillingCycle = billingCycle,
            CreatedOn = call.Now,
            ListedFrom = call.Now + lag,
        };
        call.Account.Add(order);
        return order;
    }

    /// <summary>The subscription is there at once; its seats, and its id on the order, come with the provisioning.</summary>
    public static Subscription Add(Call call, Order order, PurchaseLine line)
    {
        var id = NextId(call, "subscription");
        var subscription = new Subscription
        {
            Id = order.Commerce == Commerce.Legacy ? id.ToUpperInvariant() : id,
            Commerce = order.Commerce,
            OfferId = line.OfferId,
            OfferName = line.OfferName,
            Sku = line.Sku,
            OrderId = order.Id,
            ParentId = line.ParentId,
            FriendlyName = line.FriendlyName,
            PartnerId = line.PartnerId,
            BillingCycle = line.BillingCycle,
            Term = line.Term,
            IsTrial = line.IsTrial,
            IsAddOn = line.IsAddOn,
            AutoRenew = !line.IsTrial,
            CreatedOn = call.Now,
            CommitmentEndDate = Calendar.LastDay(call.Now, line.Term),
            WasBoughtHere = true,
            PurchasedFor = PurchaseMark.Sources(line.FriendlyName),
        };
        subscription.SetStatus(SubscriptionStatus.Active, call.Now);
        subscription.SetQuantity(line.Quantity, call.Now, call.World.ProvisioningDelay);
        call.Account.Add(subscription);
        order.Lines.Add(new OrderLine
        {
            Number = order.Lines.Count,
            Subscription = subscription,
            OfferId = line.OfferId,
            FriendlyName = line.FriendlyName,
            PartnerIdOnRecord = line.PartnerId,
            Quantity = line.Quantity,
            FulfilledFrom = call.Now + call.World.ProvisioningDelay,
        });
        call.World.Violations.AfterPurchase(call.Customer, call.Account, subscription);
        return subscription;
    }

    private static string OrderId(Call call, Commerce commerce)
    {
        var id = NextId(call, "order");
        return commerce == Commerce.Legacy ? id : id.Replace("-", "").Substring(0, ShortOrderId);
    }

    private static string NextId(Call call, string kind) => call.World.Ids.Guid(call.Customer.Id + "/" + call.Account.NextIdName(kind));
}
