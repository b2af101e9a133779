using System;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Operations.Transitions;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>Reads the instructions for the next term and checks that they are possible today.</summary>
internal sealed class NextTermReader
{
    private readonly Call _call;
    private readonly Subscription _subscription;

    public NextTermReader(Call call, Subscription subscription)
    {
        _call = call;
        _subscription = subscription;
    }

    /// <summary>The next term. Instructions equal to the scheduled ones are accepted, whatever is on sale now.</summary>
    /// <exception cref="ServiceException">It is not possible.</exception>
    public NextTerm Read(JsonBody instructions)
    {
        var wanted = instructions.Object("product") ?? throw Invalid("they have no product.");
        if (_subscription.NextTerm is { } scheduled && IsSame(scheduled, instructions, wanted))
        {
            return scheduled;
        }

        var sku = FindSku(wanted);
        var term = sku.Term(wanted.NonEmptyText("termDuration") ?? _subscription.Term, BillingCycles.Read(wanted) ?? _subscription.BillingCycle)
            ?? throw Invalid("the SKU has no such term and billing cycle.");
        var quantity = instructions.Whole("quantity") ?? _subscription.Quantity;
        if (quantity < sku.MinimumQuantity || quantity > sku.MaximumQuantity)
        {
            throw Refusals.SubscriptionQuantity(sku.MinimumQuantity, sku.MaximumQuantity);
        }

        return new NextTerm(sku, FindAvailability(wanted, sku), term, quantity)
        {
            TermEnd = ReadTermEnd(instructions, term),
            PromotionId = ReadPromotion(wanted, sku, term),
        };
    }

    private static bool IsSame(NextTerm scheduled, JsonBody instructions, JsonBody wanted) =>
        AnyCase.AreEqual(scheduled.CatalogItemId, $"{wanted.NonEmptyText("productId")}:{wanted.NonEmptyText("skuId")}:{wanted.NonEmptyText("availabilityId")}")
        && AnyCase.AreEqual(scheduled.Term.Duration, wanted.NonEmptyText("termDuration"))
        && scheduled.Term.BillingCycle == BillingCycles.Read(wanted)
        && scheduled.Quantity == instructions.Whole("quantity")
        && scheduled.TermEnd == Day(instructions)
        && AnyCase.AreEqual(scheduled.PromotionId, wanted.NonEmptyText("promotionId"));

    private ProductSku FindSku(JsonBody wanted)
    {
        var productId = wanted.NonEmptyText("productId") ?? throw Invalid("they have no productId.");
        var skuId = wanted.NonEmptyText("skuId") ?? throw Invalid("they have no skuId.");
        var product = ProductCatalog.Instance.Find(productId) ?? throw Refusals.NoSuchProduct(productId);
        var sku = product.Sku(skuId) ?? throw Refusals.NoSuchProductSku(skuId);
        return TransitionTargets.IsPossibleAtRenewal(_subscription, sku) ? sku : throw Invalid($"{sku.Name} is not among the scheduled transition eligibilities.");
    }

    // Without an availabilityId the SKU renews with the first availability on sale, or with its own if none is.
    private string FindAvailability(JsonBody wanted, ProductSku sku)
    {
        var onSale = _call.World.Products.Of(sku, _call.Account.SegmentsAt(_call.Now), _call.Now).Select(availability => availability.Id).ToList();
        var own = _subscription.OfferId.Split(':').Last();
        if (onSale.Count == 0 && ProductCatalog.Instance.FindSku(_subscription.OfferId) == sku)
        {
            onSale.Add(own);
        }

        if (wanted.NonEmptyText("availabilityId") is { } id)
        {
            return onSale.FirstOrDefault(known => AnyCase.AreEqual(known, id)) ?? throw Refusals.NoSuchAvailability(id);
        }

        return onSale.FirstOrDefault() ?? throw Invalid("the SKU is not on sale.");
    }

    private DateTimeOffset? ReadTermEnd(JsonBody instructions, ProductTerm term)
    {
        if (Day(instructions) is not { } day)
        {
            return null;
        }

        if (!TermEndDates.IsWithin(_subscription.EndOfTerm, term.Duration, day))
        {
            throw Refusals.NextTermEndOutside();
        }

        return TermEndDates.IsAllowed(_call.Account, _subscription.EndOfTerm, term.Duration, day) ? day : throw Refusals.NextTermEndNotAligned();
    }

    private static string? ReadPromotion(JsonBody wanted, ProductSku sku, ProductTerm term)
    {
        if (wanted.NonEmptyText("promotionId") is not { } id)
        {
            return null;
        }

        return ProductCatalog.Instance.FindPromotion(id) is { } promotion && promotion.AppliesTo(sku, term) ? promotion.Id : throw Refusals.NoSuchPromotion(id);
    }

    private static DateTimeOffset? Day(JsonBody instructions) => instructions.Moment("customTermEndDate") is { } moment ? TermCalendar.Day(moment) : null;

    private static ServiceException Invalid(string why) => Refusals.InvalidProperty("next term instructions", why);
}
