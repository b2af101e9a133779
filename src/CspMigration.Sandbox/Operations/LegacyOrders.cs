using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations;

/// <summary>Orders for licence-based offers: a new one, an add-on to one, another billing cycle for one. All lines or none.</summary>
internal static class LegacyOrders
{
    // The service refuses what only itself may set, even with an empty word in it.
    private static readonly string[] SetByService = ["status", "id", "creationDate", "totalPrice"];

    public static Answer Create(Call call)
    {
        CheckHead(call);
        var lines = LegacyOrderLine.Read(call.Body);
        if (lines.Count == 0)
        {
            throw Refuse.BadInput("The order has no line items.");
        }

        if (lines.Any(line => line.ParentId != null))
        {
            throw Refuse.PropertyNotAllowed("ParentSubscriptionId");
        }

        Purchases.CheckCustomer(call);
        var offers = lines.Select(line => Find(call, line)).ToList();
        LegacyOffers.CheckLimits(call, offers);
        var cycle = call.Body.Text("billingCycle") ?? (offers.All(offer => offer.IsTrial) ? "none" : "monthly");
        foreach (var offer in offers.Where(offer => !offer.AcceptsCycle(cycle)))
        {
            throw Refuse.UnsupportedCycle(offer, cycle);
        }

        CheckAddOns(offers);
        var order = Purchases.Open(call, Commerce.Legacy, cycle);
        foreach (var (line, offer) in lines.Zip(offers, (line, offer) => (line, offer)).OrderBy(pair => pair.offer.IsAddOn))
        {
            var parent = offer.IsAddOn ? order.Lines.First(other => offer.AcceptsParent(other.OfferId)).Subscription : null;
            _ = Purchases.Add(
                call, order, PurchaseLine.Of(offer, line.Quantity, cycle, line.FriendlyName, line.PartnerId, line.Number, parent?.Id));
        }

        return Answer.Created(OrderResource.Of(call.Customer, order, call.Now));
    }

    public static Answer Patch(Call call)
    {
        var order = call.Order;
        call.CheckEtag(Json.Etag(order.Id, order.Version));
        var additions = LegacyOrderLine.Read(call.Body).Where(line => line.IsAdditionTo(order)).ToList();
        if (additions.Count > 0)
        {
            Purchases.CheckCustomer(call);
        }

        var cycle = BillingCycles.Changed(call.Body.Text("billingCycle"), order.BillingCycle);
        var purchases = additions.Select(line => AddOn(call, order, line, cycle ?? order.BillingCycle)).ToList();
        if (cycle != null)
        {
            ChangeCycle(order, cycle);
        }

        foreach (var purchase in purchases)
        {
            _ = Purchases.Add(call, order, purchase);
        }

        order.Version++;
        return Answer.Ok(OrderResource.Of(call.Customer, order, call.Now));
    }

    private static void CheckHead(Call call)
    {
        if (call.Body.Text("referenceCustomerId") is { } id && !Same.Text(id, call.Customer.Id))
        {
            throw Refuse.InvalidProperty("ReferenceCustomerId", $"{id} is not the customer in the path.");
        }

        foreach (var name in SetByService.Where(call.Body.Has))
        {
            throw Refuse.InvalidProperty(name, "it is set by the service.");
        }
    }

    private static void CheckAddOns(List<Offer> offers)
    {
        foreach (var addOn in offers.Where(offer => offer.IsAddOn && !offers.Any(other => offer.AcceptsParent(other.Id))))
        {
            throw Refuse.UnrelatedAddOn(addOn);
        }
    }

    private static Offer Find(Call call, LegacyOrderLine line) =>
        LegacyOffers.Find(call, line.OfferId, line.Number, line.Quantity, line.PartnerId);

    private static PurchaseLine AddOn(Call call, Order order, LegacyOrderLine line, string cycle)
    {
        var offer = Find(call, line);
        LegacyOffers.CheckLimits(call, [offer]);
        var parent = order.Lines.Select(other => other.Subscription).FirstOrDefault(subscription => Same.Text(subscription.Id, line.ParentId));
        if (parent == null || !offer.AcceptsParent(parent.OfferId))
        {
            throw Refuse.UnrelatedAddOn(offer);
        }

        if (!parent.IsLive)
        {
            throw Refuse.ParentNotActive(parent.Id);
        }

        return PurchaseLine.Of(offer, line.Quantity, cycle, line.FriendlyName, line.PartnerId, parentId: parent.Id);
    }

    private static void ChangeCycle(Order order, string cycle)
    {
        foreach (var subscription in order.Lines.Select(line => line.Subscription))
        {
            if (!subscription.IsLive)
            {
                throw Refuse.LineNotActive(subscription.Id);
            }

            if (OfferCatalogue.Instance.Find(subscription.OfferId) is { } offer && !offer.AcceptsCycle(cycle))
            {
                throw Refuse.UnsupportedCycle(offer, cycle);
            }
        }

        order.BillingCycle = cycle;
        foreach (var line in order.Lines)
        {
            line.Subscription.BillingCycle = cycle;
            line.Subscription.Touch();
        }
    }
}
