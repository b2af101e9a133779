using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>The products that a new-commerce subscription can transition to: higher ones at once, lower ones at the renewal only.</summary>
internal static class TransitionTargets
{
    /// <summary>The targets during the term, including those no longer sold. An extended subscription has its own product too.</summary>
    public static IEnumerable<Availability> Immediate(CustomerContext context, Subscription subscription)
    {
        if (Sku(subscription) is not { } sku)
        {
            return [];
        }

        var targets = subscription.IsExtended ? Upgrades(sku).Prepend(sku) : Upgrades(sku);
        return targets.SelectMany(target => target.Segments.Count > 0 ? OnSale(context, target) : [context.World.Products.ForConversion(target, context.Now)]);
    }

    /// <summary>The targets at the renewal.</summary>
    public static IEnumerable<Availability> Scheduled(CustomerContext context, Subscription subscription) =>
        Sku(subscription) is { } sku ? AtRenewal(sku).SelectMany(target => OnSale(context, target)) : [];

    public static bool IsPossibleAtRenewal(Subscription subscription, ProductSku target) =>
        Sku(subscription) is { } sku && (sku == target || AtRenewal(sku).Contains(target));

    /// <summary>How many seats of a subscription can transition.</summary>
    public static int Seats(Subscription subscription) => System.Math.Min(subscription.Quantity, Sku(subscription)?.UpgradeSeats ?? int.MaxValue);

    private static ProductSku? Sku(Subscription subscription) => ProductCatalog.Instance.FindSku(subscription.OfferId);

    private static IEnumerable<ProductSku> Upgrades(ProductSku sku) => sku.Upgrades.Select(name => ProductCatalog.Instance.FindSku(name)!);

    private static IEnumerable<ProductSku> AtRenewal(ProductSku sku) =>
        Upgrades(sku).Concat(sku.Renewals.Select(name => ProductCatalog.Instance.FindSku(name)!)).Concat(sku.IsTrial ? [] : ProductCatalog.Instance.Skus.Where(lower => !lower.IsTrial && Upgrades(lower).Contains(sku)));

    private static IEnumerable<Availability> OnSale(CustomerContext context, ProductSku sku) =>
        context.World.Products.Of(sku, context.Account.SegmentsAt(context.Now), context.Now);
}
