using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>The price of a seat for one billing period, in the partner's currency. All prices are made up.</summary>
internal static class PriceList
{
    private const int MonthsOfYear = 12;
    private const int Cents = 2;

    // For an offer whose SKU new commerce does not sell.
    private const decimal LegacyPrice = 40;

    public static decimal Of(ProductSku sku, string billingCycle) => ForPeriod(sku.Price, billingCycle);

    public static decimal Of(Offer offer, string billingCycle)
    {
        var sku = ProductCatalog.Instance.Skus.FirstOrDefault(candidate => candidate.Sku == offer.Sku && !candidate.IsTrial);
        return offer.IsTrial ? 0 : ForPeriod(sku?.Price ?? LegacyPrice, billingCycle);
    }

    /// <summary>The price by the id of an offer or catalog item; 0 if the id is no longer known.</summary>
    public static decimal Of(string offerId, string billingCycle) =>
        ProductCatalog.Instance.FindSku(offerId) is { } sku ? Of(sku, billingCycle)
        : OfferCatalog.Instance.Find(offerId) is { } offer ? Of(offer, billingCycle)
        : 0;

    public static decimal Discounted(decimal price, Promotion? promotion) =>
        promotion == null ? price : decimal.Round(price * (1 - promotion.Discount), Cents);

    private static decimal ForPeriod(decimal month, string billingCycle) => AnyCase.AreEqual(billingCycle, "annual") ? month * MonthsOfYear : month;
}
