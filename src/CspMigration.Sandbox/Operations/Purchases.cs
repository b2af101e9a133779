using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>Turns what has been checked into an order and its subscriptions, for either commerce.</summary>
internal static class Purchases
{
    /// <summary>What holds for any purchase, whatever is bought.</summary>
    public static void CheckCustomer(Call call)
    {
        if (!call.Account.HasCustomerAgreement)
        {
            throw Refuse.NoAgreement();
        }

        CheckCountry(call);
    }

    public static void CheckCountry(Call call)
    {
        if (call.Customer.Country != Market.PartnerCountry)
        {
            throw Refuse.CountryNotOnboarded(call.Customer.Country);
        }
    }

    public static Order Open(Call call, Commerce commerce, string billingCycle)
    {
        var lag = call.World.OrderListLag > call.World.ProvisioningDelay ? call.World.OrderListLag : call.World.ProvisioningDelay;
        var order = new Order
        {
            Id = Order.IdOf(commerce, call.NextId("order")),
            Commerce = commerce,
            WasPlacedHere = true,
            BillingCycle = billingCycle,
            CreatedOn = call.Now,
            ListedFrom = call.Now + lag,
        };
        call.Account.Add(order);
        return order;
    }

    /// <summary>The subscription is there at once, also where the list runs behind; its seats, and its id on the order, come with the provisioning.</summary>
    /// <param name="call">The request.</param>
    /// <param name="order">The order it belongs to.</param>
    /// <param name="line">What is bought.</param>
    /// <param name="parent">Of an add-on bought with its base: that base.</param>
    public static Subscription Add(Call call, Order order, PurchaseLine line, Subscription? parent = null)
    {
        var id = call.NextId("subscription");
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
            AutoRenew = !line.IsTrial,
            CreatedOn = call.Now,
            ListedFrom = call.Now + call.World.SubscriptionListLag,
            IsProvisionable = !call.Customer.Terms.ProvisioningFails,
            PurchasedFor = PurchaseMark.Sources(line.FriendlyName),
        };
        subscription.Begin(line.Quantity, call.Now, line.TermEnd ?? TermCalendar.LastDay(call.Now, line.Term), call.World.ProvisioningDelay);
        call.Account.Add(subscription);
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
            FulfilledFrom = call.Now + call.World.ProvisioningDelay,
        });
        call.World.Violations.AfterPurchase(call.Customer, call.Account, subscription);
        return subscription;
    }
}
