using System;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>The next term that a new-commerce subscription renews into.</summary>
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

    /// <summary>The last day of the next term; null for a whole term.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    public string? PromotionId { get; init; }

    public string CatalogItemId => $"{Product.Name}:{AvailabilityId}";
}
