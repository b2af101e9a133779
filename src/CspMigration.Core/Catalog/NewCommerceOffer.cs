using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>A new-commerce SKU as it can be bought at this moment.</summary>
internal sealed class NewCommerceOffer
{
    private readonly IReadOnlyList<Availability> _availabilities;

    public NewCommerceOffer(ProductSku sku, string country, string? segment, IReadOnlyList<Availability> availabilities)
    {
        _availabilities = [.. availabilities.Where(availability => availability.IsPurchasable)];
        Terms = [.. _availabilities.SelectMany(availability => availability.Terms)];
        Offer = new TargetOffer
        {
            Id = sku.CatalogItemId.ToString(),
            Name = sku.Title,
            Commerce = CommerceKind.NewCommerce,
            SkuId = sku.ProvisioningId?.ToString(),
            Country = country,
            Segment = _availabilities.FirstOrDefault()?.Segment ?? segment,
            BillingCycles = [.. Terms.Select(term => term.BillingCycle.ToLowerInvariant()).Distinct()],
            Terms = [.. Terms.Select(term => term.Duration).Distinct()],
            MinimumQuantity = sku.MinimumQuantity,
            MaximumQuantity = sku.MaximumQuantity,
            IsTrial = sku.IsTrial,
            IsAddOn = sku.IsAddOn,
            Prerequisites = [.. sku.Prerequisites.Select(needed => needed.ToString())],
            IsAvailableForPurchase = Terms.Count > 0,
        };
    }

    public TargetOffer Offer { get; }

    /// <summary>The pairs of term and billing cycle it is sold for.</summary>
    public IReadOnlyList<AvailabilityTerm> Terms { get; }

    /// <summary>Any item a cart takes, for what is sold with one term only.</summary>
    public CatalogItemId? AnyCatalogItemId => _availabilities.FirstOrDefault()?.CatalogItemId;

    /// <summary>The item a cart takes for a term and billing cycle; null where it is not sold so.</summary>
    public CatalogItemId? CatalogItemId(string termDuration, string billingCycle)
    {
        return _availabilities.FirstOrDefault(availability => availability.Terms.Any(term =>
            string.Equals(term.Duration, termDuration, StringComparison.OrdinalIgnoreCase)
            && string.Equals(term.BillingCycle, billingCycle, StringComparison.OrdinalIgnoreCase)))?.CatalogItemId;
    }
}
