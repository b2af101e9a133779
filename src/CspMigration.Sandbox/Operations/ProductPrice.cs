using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.Operations;

/// <summary>What a seat costs for one billing period.</summary>
internal static class ProductPrice
{
    private const int MonthsOfYear = 12;

    public static decimal Of(ProductSku sku, ProductTerm term) => Same.Text(term.BillingCycle, "annual") ? sku.Price * MonthsOfYear : sku.Price;
}
