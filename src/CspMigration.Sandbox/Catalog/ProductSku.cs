using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A variant of a product; it provisions one directory SKU.</summary>
internal sealed class ProductSku
{
    public ProductSku(Product product, DirectorySku sku)
    {
        Product = product;
        Sku = sku;
    }

    public Product Product { get; }

    /// <summary>The directory SKU that it provisions.</summary>
    public DirectorySku Sku { get; }

    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public int MinimumQuantity { get; init; }

    public int MaximumQuantity { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>For one seat and month.</summary>
    public decimal Price { get; init; }

    /// <summary>The segments it is sold to; empty if it is withdrawn.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    public IReadOnlyList<ProductTerm> Terms { get; init; } = [];

    /// <summary>Of an add-on: each <c>product:sku</c> that fulfills its prerequisite; the customer needs one of them.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>Each <c>product:sku</c> that a subscription of it can transition to.</summary>
    public IReadOnlyList<string> Upgrades { get; init; } = [];

    /// <summary>How many seats of a subscription of it can transition at most.</summary>
    public int UpgradeSeats { get; init; } = int.MaxValue;

    /// <summary>Each further <c>product:sku</c> that a subscription of it can renew as.</summary>
    public IReadOnlyList<string> Renewals { get; init; } = [];

    public string Name => Product.Id + ":" + Id;

    public bool IsAddOn => Prerequisites.Count > 0;

    public IEnumerable<string> BillingCycles => Terms.Select(term => term.BillingCycle).Distinct();

    public bool IsSoldTo(string segment) => Segments.Contains(segment, AnyCase.Comparer);

    public ProductTerm? Term(string? duration, string? billingCycle) =>
        Terms.FirstOrDefault(term => AnyCase.AreEqual(term.Duration, duration) && AnyCase.AreEqual(term.BillingCycle, billingCycle));
}
