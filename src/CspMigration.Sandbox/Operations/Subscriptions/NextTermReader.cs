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

/// <summary>Reads the instructions for a next term, which must be possible on the day they are given.</summary>
internal sealed class NextTermReader
{
    private readonly Call _call;
    private readonly Subscription _subscription;

    public NextTermReader(Call call, Subscription subscription)
    {
        _call = call;
        _subscription = subscription;
    }

    /// <summary>The next term; the one that is scheduled already where a client sends that back, whatever is on sale by now.</summary>
    /// <exception cref="ServiceException">It is not possible.</exception>
    public NextTerm Read(JsonBody instructions)
    {
        var wanted = instructions.Object("product") ?? throw Invalid("they have no product.");
        if (_subscription.NextTerm is { } scheduled && IsSame(scheduled, instructions, wanted))
        {
            return scheduled;
        }

        var sku = FindSku(wanted);
        var term = sku.Term(wanted.Given("termDuration") ?? _subscription.Term, BillingCycles.Read(wanted) ?? _subscription.BillingCycle)
            ?? throw Invalid("the SKU has no such term and billing cycle.");
        var quantity = instructions.Whole("quantity") ?? _subscription.Quantity;
        if (quantity < sku.MinimumQuantity || quantity > sku.MaximumQuantity)
        {
            throw Refuse.SubscriptionQuantity(sku.MinimumQuantity, sku.MaximumQuantity);
        }

        return new NextTerm(sku, FindAvailability(wanted, sku), term, quantity)
        {
            TermEnd = ReadTermEnd(instructions, term),
            PromotionId = ReadPromotion(wanted, sku, term),
        };
    }

    private static bool IsSame(NextTerm scheduled, JsonBody instructions, JsonBody wanted) =>
        Same.Text(scheduled.CatalogItemId, $"{wanted.Given("productId")}:{wanted.Given("skuId")}:{wanted.Given("availabilityId")}")
        && Same.Text(scheduled.Term.Duration, wanted.Given("termDuration"))
        && scheduled.Term.BillingCycle == BillingCycles.Read(wanted)
        && scheduled.Quantity == instructions.Whole("quantity")
        && scheduled.TermEnd == Day(instructions)
        && Same.Text(scheduled.PromotionId, wanted.Given("promotionId"));

    private ProductSku FindSku(JsonBody wanted)
    {
        var productId = wanted.Given("productId") ?? throw Invalid("they have no productId.");
        var skuId = wanted.Given("skuId") ?? throw Invalid("they have no skuId.");
        var product = ProductCatalog.Instance.Find(productId) ?? throw Refuse.NoSuchProduct(productId);
        var sku = product.Sku(skuId) ?? throw Refuse.NoSuchProductSku(skuId);
        return TransitionTargets.IsPossibleAtRenewal(_subscription, sku) ? sku : throw Invalid($"{sku.Name} is not among the scheduled transition eligibilities.");
    }

    // Without an availability the SKU renews as what is on sale. What is no longer on sale renews as itself.
    private string FindAvailability(JsonBody wanted, ProductSku sku)
    {
        var onSale = _call.World.Products.Of(sku, _call.Account.SegmentsAt(_call.Now), _call.Now).Select(availability => availability.Id).ToList();
        var own = _subscription.OfferId.Split(':').Last();
        if (onSale.Count == 0 && ProductCatalog.Instance.FindSku(_subscription.OfferId) == sku)
        {
            onSale.Add(own);
        }

        if (wanted.Given("availabilityId") is { } id)
        {
            return onSale.FirstOrDefault(known => Same.Text(known, id)) ?? throw Refuse.NoSuchAvailability(id);
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
            throw Refuse.NextTermEndOutside();
        }

        return TermEndDates.IsAllowed(_call.Account, _subscription.EndOfTerm, term.Duration, day) ? day : throw Refuse.NextTermEndNotAligned();
    }

    private static string? ReadPromotion(JsonBody wanted, ProductSku sku, ProductTerm term)
    {
        if (wanted.Given("promotionId") is not { } id)
        {
            return null;
        }

        return ProductCatalog.Instance.FindPromotion(id) is { } promotion && promotion.AppliesTo(sku, term) ? promotion.Id : throw Refuse.NoSuchPromotion(id);
    }

    private static DateTimeOffset? Day(JsonBody instructions) => instructions.Moment("customTermEndDate") is { } moment ? TermCalendar.Day(moment) : null;

    private static ServiceException Invalid(string why) => Refuse.InvalidProperty("next term instructions", why);
}
