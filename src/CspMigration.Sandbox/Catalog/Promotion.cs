using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A discount on one SKU for one term and billing cycle. The purchase has to name it.</summary>
internal sealed class Promotion
{
    public Promotion(string id, string name, ProductSku sku, ProductTerm term, decimal discount)
    {
        Id = id;
        Name = name;
        Sku = sku;
        Term = term;
        Discount = discount;
    }

    public string Id { get; }

    public string Name { get; }

    public ProductSku Sku { get; }

    public ProductTerm Term { get; }

    /// <summary>The fraction that the price is reduced by: 0.15 for 15 %.</summary>
    public decimal Discount { get; }

    public bool AppliesTo(ProductSku sku, ProductTerm term) =>
        Sku == sku && AnyCase.AreEqual(Term.Duration, term.Duration) && AnyCase.AreEqual(Term.BillingCycle, term.BillingCycle);
}
