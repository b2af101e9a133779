using System.Collections.Generic;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A SKU of a new-commerce product (docs/partner-center.md §9).</summary>
internal sealed class ProductSku
{
    private ProductSku(ResourceReader json)
    {
        Id = json.RequiredText("id");
        ProductId = json.RequiredText("productId");
        Title = json.Text("title");
        MinimumQuantity = json.Number("minimumQuantity") ?? 1;
        MaximumQuantity = json.Number("maximumQuantity") is > 0 and var maximum ? maximum : null;
        IsTrial = json.Flag("isTrial");
        BillingCycles = json.Texts("supportedBillingCycles");
        var dynamics = json.Resource("dynamicAttributes");
        ProvisioningId = dynamics?.Id<IdKind.Sku>("provisioningId");
        IsAddOn = dynamics?.Flag("isAddon") ?? false;
        Prerequisites = dynamics?.CatalogItemIds("prerequisiteSkus") ?? [];
    }

    public string Id { get; }

    public string ProductId { get; }

    /// <summary>What it is called in the catalog: <c>product:sku</c>.</summary>
    public CatalogItemId CatalogItemId => CatalogItemId.Of(ProductId, Id);

    public string? Title { get; }

    public int MinimumQuantity { get; }

    public int? MaximumQuantity { get; }

    public bool IsTrial { get; }

    public IReadOnlyList<string> BillingCycles { get; }

    /// <summary>The directory SKU its licenses belong to.</summary>
    public SkuId? ProvisioningId { get; }

    public bool IsAddOn { get; }

    /// <summary>The <c>product:sku</c> ids one of which the customer must have.</summary>
    public IReadOnlyList<CatalogItemId> Prerequisites { get; }

    public static ProductSku Read(ResourceReader json) => new(json);
}
