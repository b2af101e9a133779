using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>What a PATCH can do to a new-commerce subscription only, or not at all.</summary>
internal static class NewCommerceUpdate
{
    public static void CheckCancellation(Call call, Subscription subscription)
    {
        if (call.Now >= subscription.CancellableUntil)
        {
            throw Refuse.CancellationWindow(subscription);
        }
    }

    /// <summary>Seats are given back only out of batches bought within seven days.</summary>
    public static void CheckDecrease(Call call, Subscription subscription, int quantity)
    {
        var refundable = subscription.Refundable.Total(call.Now);
        if (subscription.Quantity - quantity > refundable)
        {
            throw Refuse.QuantityDecrease(refundable);
        }
    }

    /// <summary>The next term as the body has it; null where it has none, which takes a former one away.</summary>
    public static NextTerm? ReadNextTerm(Call call, Subscription subscription, bool autoRenew)
    {
        if (call.Body.Object("scheduledNextTermInstructions") is not { } instructions)
        {
            return null;
        }

        if (!autoRenew)
        {
            throw Invalid("it needs a subscription that renews.");
        }

        var wanted = instructions.Object("product") ?? throw Invalid("it has no product.");
        var sku = ProductCatalogue.Instance.FindSku($"{wanted.Text("productId")}:{wanted.Text("skuId")}") ?? throw Invalid("there is no such product and SKU.");
        var term = sku.Term(wanted.Text("termDuration") ?? subscription.Term, BillingCycles.Read(wanted) ?? subscription.BillingCycle)
            ?? throw Invalid("the SKU has no such term and billing cycle.");
        var quantity = instructions.Whole("quantity") ?? subscription.Quantity;
        if (quantity < sku.MinimumQuantity || quantity > sku.MaximumQuantity)
        {
            throw Refuse.SubscriptionQuantity(sku.MinimumQuantity, sku.MaximumQuantity);
        }

        return new NextTerm(sku, AvailabilityId(call, wanted, sku), term, quantity);
    }

    private static string AvailabilityId(Call call, JsonBody wanted, ProductSku sku) =>
        wanted.Text("availabilityId") ?? call.World.Products.Of(sku, Segments.All, call.Now).Select(availability => availability.Id).FirstOrDefault()
            ?? throw Invalid("the SKU is not on sale.");

    private static ServiceException Invalid(string why) => Refuse.InvalidProperty("scheduledNextTermInstructions", why);
}
