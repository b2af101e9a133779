using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>Checks whether a customer can purchase a product, for lines of carts and of orders alike.</summary>
internal sealed class ProductPurchase
{
    /// <summary><c>product:sku:availability</c></summary>
    public string CatalogItemId { get; init; } = "";

    /// <summary>The number of the line, for errors.</summary>
    public int LineNumber { get; init; }

    public int Quantity { get; init; }

    public string? FriendlyName { get; init; }

    /// <summary>Null for the first term with this billing cycle.</summary>
    public string? Term { get; init; }

    /// <summary>Null for the first billing cycle of the SKU.</summary>
    public string? BillingCycle { get; init; }

    public DateTimeOffset? TermEnd { get; init; }

    public string? PromotionId { get; init; }

    public PartnersOfRecord Partners { get; init; } = PartnersOfRecord.None;

    /// <summary>The items purchased together, this one included.</summary>
    public IEnumerable<string> Together { get; init; } = [];

    /// <exception cref="ServiceException">It cannot be purchased.</exception>
    public PurchaseLine Check(Call call)
    {
        var availability = Find(call);
        var sku = availability.Sku;
        CheckCustomer(call, availability);
        PartnerIds.Check(Partners);
        var term = FindTerm(sku);
        if (Quantity < sku.MinimumQuantity || Quantity > sku.MaximumQuantity)
        {
            throw Refusals.LineQuantity(LineNumber, sku.MinimumQuantity, sku.MaximumQuantity);
        }

        CheckPrerequisites(call, sku);
        var lastDay = TermEnd is { } end ? TermCalendar.Day(end) : (DateTimeOffset?)null;
        if (lastDay is { } day && !TermEndDates.IsAllowed(call.Account, TermCalendar.Day(call.Now), term.Duration, day))
        {
            throw Refusals.TermEnd(LineNumber);
        }

        return new PurchaseLine
        {
            OfferId = availability.CatalogItemId,
            OfferName = sku.Title,
            Sku = sku.Sku,
            Quantity = Quantity,
            FriendlyName = FriendlyName ?? sku.Title,
            BillingCycle = term.BillingCycle,
            Term = term.Duration,
            TermEnd = lastDay,
            Partners = Partners,
            Promotion = FindPromotion(sku, term),
            Price = PriceList.Of(sku, term.BillingCycle),
            IsTrial = sku.IsTrial,
            IsAddOn = sku.IsAddOn,
        };
    }

    private Availability Find(Call call)
    {
        var parts = CatalogItemId.Split(':');
        var product = ProductCatalog.Instance.Find(parts[0]) ?? throw Refusals.NoSuchProduct(parts[0]);
        var sku = parts.Length > 1 ? product.Sku(parts[1]) : null;
        return sku == null ? throw Refusals.NoSuchProductSku(CatalogItemId) : call.World.Products.Find(CatalogItemId, call.Now) ?? throw Refusals.NoSuchAvailability(CatalogItemId);
    }

    private static void CheckCustomer(Call call, Availability availability)
    {
        if (call.Customer.Terms.CartLinesAreRefused || !call.Account.SegmentsAt(call.Now).Contains(availability.Segment, AnyCase.Comparer))
        {
            throw Refusals.NotEligible(availability.Sku);
        }
    }

    private ProductTerm FindTerm(ProductSku sku)
    {
        var terms = sku.Terms.Where(term => BillingCycle == null || AnyCase.AreEqual(term.BillingCycle, BillingCycle)).ToList();
        if (terms.Count == 0)
        {
            throw Refusals.UnsupportedCycle(sku, BillingCycle!);
        }

        return terms.FirstOrDefault(term => Term == null || AnyCase.AreEqual(term.Duration, Term)) ?? throw Refusals.UnsupportedTerm(sku, Term!);
    }

    private void CheckPrerequisites(Call call, ProductSku sku)
    {
        var owned = call.Account.Subscriptions.Where(subscription => subscription.IsLive).Select(subscription => subscription.OfferId);
        var present = owned.Concat(Together).Select(ProductCatalog.Instance.FindSku);
        if (sku.IsAddOn && !present.Any(other => other != null && sku.Prerequisites.Contains(other.Name, AnyCase.Comparer)))
        {
            throw Refusals.PrerequisiteMissing(sku);
        }
    }

    private Promotion? FindPromotion(ProductSku sku, ProductTerm term)
    {
        if (PromotionId == null)
        {
            return null;
        }

        return ProductCatalog.Instance.FindPromotion(PromotionId) is { } promotion && promotion.AppliesTo(sku, term)
            ? promotion
            : throw Refusals.NoSuchPromotion(PromotionId);
    }
}
