using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>What a new-commerce subscription can become: at once only something higher, when it renews something lower too.</summary>
internal static class TransitionTargets
{
    /// <summary>What it can become in the middle of its term, what is no longer sold included. An extended one can become again what it was.</summary>
    public static IEnumerable<Availability> Immediate(CustomerContext context, Subscription subscription)
    {
        if (Sku(subscription) is not { } sku)
        {
            return [];
        }

        var targets = subscription.IsExtended ? Upgrades(sku).Prepend(sku) : Upgrades(sku);
        return targets.SelectMany(target => target.Segments.Count > 0 ? OnSale(context, target) : [context.World.Products.ForConversion(target, context.Now)]);
    }

    /// <summary>What it can become when it renews.</summary>
    public static IEnumerable<Availability> Scheduled(CustomerContext context, Subscription subscription) =>
        Sku(subscription) is { } sku ? AtRenewal(sku).SelectMany(target => OnSale(context, target)) : [];

    public static bool IsPossibleAtRenewal(Subscription subscription, ProductSku target) =>
        Sku(subscription) is { } sku && (sku == target || AtRenewal(sku).Contains(target));

    private static ProductSku? Sku(Subscription subscription) => ProductCatalog.Instance.FindSku(subscription.OfferId);

    private static IEnumerable<ProductSku> Upgrades(ProductSku sku) => sku.Upgrades.Select(name => ProductCatalog.Instance.FindSku(name)!);

    private static IEnumerable<ProductSku> AtRenewal(ProductSku sku) =>
        Upgrades(sku).Concat(sku.IsTrial ? [] : ProductCatalog.Instance.Skus.Where(lower => !lower.IsTrial && Upgrades(lower).Contains(sku)));

    private static IEnumerable<Availability> OnSale(CustomerContext context, ProductSku sku) =>
        context.World.Products.Of(sku, context.Account.SegmentsAt(context.Now), context.Now);
}
