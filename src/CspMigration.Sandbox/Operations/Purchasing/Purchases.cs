using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>Creates an order and its subscriptions from checked lines, in either commerce.</summary>
internal static class Purchases
{
    /// <summary>The checks of the customer for any purchase.</summary>
    public static void CheckCustomer(CustomerContext context)
    {
        if (!context.Account.HasCustomerAgreement)
        {
            throw Refusals.NoAgreement();
        }

        CheckCountry(context);
    }

    public static void CheckCountry(CustomerContext context)
    {
        if (context.Customer.Country != Market.PartnerCountry)
        {
            throw Refusals.CountryNotOnboarded(context.Customer.Country);
        }
    }

    public static Order Open(CustomerContext context, Commerce commerce, string billingCycle)
    {
        var lag = context.World.OrderListLag > context.World.ProvisioningDelay ? context.World.OrderListLag : context.World.ProvisioningDelay;
        var order = new Order
        {
            Id = Order.IdOf(commerce, context.NextId("order")),
            Commerce = commerce,
            WasPlacedHere = true,
            BillingCycle = billingCycle,
            CreatedOn = context.Now,
            ListedFrom = context.Now + lag,
        };
        context.Account.Add(order);
        return order;
    }

    /// <summary>Creates the subscription at once. Its seats, and its id in the order, follow with the provisioning.</summary>
    /// <param name="context">The customer, and the time of the purchase.</param>
    /// <param name="order">The order it belongs to.</param>
    /// <param name="line">The item.</param>
    /// <param name="parent">The base of an add-on that is purchased with it.</param>
    public static Subscription Add(CustomerContext context, Order order, PurchaseLine line, Subscription? parent = null)
    {
        var id = context.NextId("subscription");
        var subscription = new Subscription
        {
            Id = order.Commerce == Commerce.Legacy ? id.ToUpperInvariant() : id,
            Commerce = order.Commerce,
            OfferId = line.OfferId,
            OfferName = line.OfferName,
            Sku = line.Sku,
            OrderId = order.Id,
            ParentId = parent?.Id ?? line.ParentId,
            FriendlyName = line.FriendlyName,
            PartnerId = line.Partners.Main ?? "",
            PromotionId = line.Promotion?.Id,
            BillingCycle = line.BillingCycle,
            Term = line.Term,
            IsTrial = line.IsTrial,
            IsAddOn = line.IsAddOn,
            AutoRenew = line.AutoRenew ?? !line.IsTrial,
            MigratedFromId = line.MigratedFromId,
            CreatedOn = context.Now,
            ListedFrom = context.Now + context.World.SubscriptionListLag,
            IsProvisionable = !context.Customer.Terms.ProvisioningFails,
        };
        subscription.Begin(line.Quantity, context.Now, line.TermEnd ?? TermCalendar.LastDay(context.Now, line.Term), context.World.ProvisioningDelay);
        context.Account.Add(subscription);
        order.Lines.Add(new OrderLine
        {
            Number = line.Number ?? order.NextLineNumber,
            Subscription = subscription,
            OfferId = line.OfferId,
            FriendlyName = line.FriendlyName,
            Partners = line.Partners,
            TermEnd = line.TermEnd,
            PromotionId = line.Promotion?.Id,
            Quantity = line.Quantity,
            FulfilledFrom = context.Now + context.World.ProvisioningDelay,
        });
        context.World.Observer?.AfterPurchase(context.Customer, context.Account, subscription);
        return subscription;
    }
}
