using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>Turns what has been checked into an order and its subscriptions, for either commerce.</summary>
internal static class Purchases
{
    /// <summary>What holds for any purchase, whatever is bought.</summary>
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

    /// <summary>The subscription is there at once, also where the list runs behind; its seats, and its id on the order, come with the provisioning.</summary>
    /// <param name="context">Who buys, and when.</param>
    /// <param name="order">The order it belongs to.</param>
    /// <param name="line">What is bought.</param>
    /// <param name="parent">Of an add-on bought with its base: that base.</param>
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
