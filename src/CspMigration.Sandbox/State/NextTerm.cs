using System;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>What a new-commerce subscription shall become when its term ends and it renews.</summary>
internal sealed class NextTerm
{
    public NextTerm(ProductSku product, string availabilityId, ProductTerm term, int quantity)
    {
        Product = product;
        AvailabilityId = availabilityId;
        Term = term;
        Quantity = quantity;
    }

    public ProductSku Product { get; }

    public string AvailabilityId { get; }

    public ProductTerm Term { get; }

    public int Quantity { get; }

    /// <summary>The last day of the next term, where it is not that of a whole one.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    public string? PromotionId { get; init; }

    public string CatalogItemId => $"{Product.Name}:{AvailabilityId}";
}
