using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Orders;

/// <summary>Creates orders for license-based offers, adds add-ons, and changes the billing cycle: all lines or none.</summary>
internal static class LegacyOrders
{
    public static Answer Create(Call call, IReadOnlyList<OrderLineRequest> lines)
    {
        Purchases.CheckCustomer(call.Context);
        var offers = lines.Select(line => Find(call, line)).ToList();
        LegacyOfferChecks.CheckLimits(call, offers);
        var cycle = BillingCycles.Read(call.Body) ?? (offers.All(offer => offer.IsTrial) ? "none" : "monthly");
        foreach (var offer in offers.Where(offer => !offer.AcceptsCycle(cycle)))
        {
            throw Refusals.UnsupportedCycle(offer, cycle);
        }

        CheckAddOns(offers);
        var order = Purchases.Open(call.Context, Commerce.Legacy, cycle);
        foreach (var (line, offer) in lines.Zip(offers, (line, offer) => (line, offer)).OrderBy(pair => pair.offer.IsAddOn))
        {
            var parent = offer.IsAddOn ? order.Lines.First(other => offer.AcceptsParent(other.OfferId)).Subscription : null;
            _ = Purchases.Add(
                call.Context, order, PurchaseLine.Of(offer, line.Quantity, cycle, line.FriendlyName, line.Partners, line.Number, parent?.Id));
        }

        return Answer.Created(OrderResource.Of(call.Customer, order, call.Now));
    }

    public static Answer Patch(Call call, Order order, IReadOnlyList<OrderLineRequest> additions)
    {
        call.CheckEtag(Json.Etag(order.Id, order.Version));
        if (additions.Count > 0)
        {
            Purchases.CheckCustomer(call.Context);
        }

        var cycle = BillingCycles.Changed(call.Body, order.BillingCycle);
        var purchases = additions.Select(line => AddOn(call, order, line, cycle ?? order.BillingCycle)).ToList();
        if (cycle != null)
        {
            ChangeCycle(order, cycle);
        }

        foreach (var purchase in purchases)
        {
            _ = Purchases.Add(call.Context, order, purchase);
        }

        order.Version++;
        return Answer.Ok(OrderResource.Of(call.Customer, order, call.Now));
    }

    private static void CheckAddOns(List<Offer> offers)
    {
        foreach (var addOn in offers.Where(offer => offer.IsAddOn && !offers.Any(other => offer.AcceptsParent(other.Id))))
        {
            throw Refusals.UnrelatedAddOn(addOn);
        }
    }

    private static Offer Find(Call call, OrderLineRequest line) =>
        LegacyOfferChecks.Find(call, line.OfferId, line.Number, line.Quantity, line.Partners);

    private static PurchaseLine AddOn(Call call, Order order, OrderLineRequest line, string cycle)
    {
        var offer = Find(call, line);
        LegacyOfferChecks.CheckLimits(call, [offer]);
        var parent = order.Lines.Select(other => other.Subscription).FirstOrDefault(subscription => AnyCase.AreEqual(subscription.Id, line.ParentId));
        if (parent == null || !offer.AcceptsParent(parent.OfferId))
        {
            throw Refusals.UnrelatedAddOn(offer);
        }

        if (!parent.IsLive)
        {
            throw Refusals.ParentNotActive(parent.Id);
        }

        return PurchaseLine.Of(offer, line.Quantity, cycle, line.FriendlyName, line.Partners, parentId: parent.Id);
    }

    private static void ChangeCycle(Order order, string cycle)
    {
        foreach (var subscription in order.Lines.Select(line => line.Subscription))
        {
            if (!subscription.IsLive)
            {
                throw Refusals.LineNotActive(subscription.Id);
            }

            if (OfferCatalog.Instance.Find(subscription.OfferId) is { } offer && !offer.AcceptsCycle(cycle))
            {
                throw Refusals.UnsupportedCycle(offer, cycle);
            }
        }

        order.BillingCycle = cycle;
        foreach (var line in order.Lines)
        {
            line.Subscription.BillingCycle = cycle;
            line.Subscription.IncrementVersion();
        }
    }
}
