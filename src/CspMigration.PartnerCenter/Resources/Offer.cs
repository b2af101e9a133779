using System;
using System.Collections.Generic;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>An item of the legacy catalog (docs/partner-center.md §7).</summary>
internal sealed class Offer
{
    private Offer(ResourceReader json)
    {
        Id = json.RequiredCatalogItemId("id");
        Name = json.Text("name");
        Country = json.Text("country");
        SkuId = json.Resource("product")?.Id<IdKind.Sku>("id");
        MinimumQuantity = json.Number("minimumQuantity") ?? 1;
        MaximumQuantity = json.Number("maximumQuantity") is > 0 and var maximum ? maximum : null;
        BillingCycles = json.Texts("supportedBillingCycles");
        Term = ReadTerm(json.Number("term"), json.Text("termUnitOfMeasure"));
        LimitUnit = json.Text("limitUnitOfMeasure") is { } unit && !unit.Equals("None", StringComparison.OrdinalIgnoreCase) ? unit : null;
        Limit = LimitUnit is null ? null : json.Number("limit");
        Prerequisites = json.CatalogItemIds("prerequisiteOffers");
        IsTrial = json.Flag("isTrial");
        IsAddOn = json.Flag("isAddOn");
        IsAvailableForPurchase = json.Flag("isAvailableForPurchase");
        CategoryId = json.Resource("category")?.Text("id");
        CustomerQualifications = json.Texts("reselleeQualifications");
    }

    public CatalogItemId Id { get; }

    public string? Name { get; }

    public string? Country { get; }

    /// <summary>The directory SKU its licenses belong to.</summary>
    public SkuId? SkuId { get; }

    public int MinimumQuantity { get; }

    public int? MaximumQuantity { get; }

    public IReadOnlyList<string> BillingCycles { get; }

    /// <summary>Its only term as an ISO 8601 period; null where the service does not say.</summary>
    public string? Term { get; }

    /// <summary>How many subscriptions of it a customer may have; null where unlimited.</summary>
    public int? Limit { get; }

    /// <summary><c>Concurrent</c> (at once) or <c>Lifetime</c> (ever); null where unlimited.</summary>
    public string? LimitUnit { get; }

    /// <summary>The offers one of which the customer must have.</summary>
    public IReadOnlyList<CatalogItemId> Prerequisites { get; }

    public bool IsTrial { get; }

    public bool IsAddOn { get; }

    public bool IsAvailableForPurchase { get; }

    /// <summary>The catalog's heading, such as <c>Government_Key</c> or <c>Trial_Key</c>.</summary>
    public string? CategoryId { get; }

    /// <summary>What the customer must be qualified for, in the service's words.</summary>
    public IReadOnlyList<string> CustomerQualifications { get; }

    public static Offer Read(ResourceReader json) => new(json);

    private static string? ReadTerm(int? length, string? unit)
    {
        return length is > 0 && unit?.ToUpperInvariant() is "DAY" or "MONTH" or "YEAR"
            ? FormattableString.Invariant($"P{length}{char.ToUpperInvariant(unit![0])}")
            : null;
    }
}
