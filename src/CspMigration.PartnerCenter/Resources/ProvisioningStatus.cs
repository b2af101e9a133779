using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>How far the service has set a subscription up, and the directory SKU of its licenses (docs/partner-center.md §6).</summary>
internal sealed class ProvisioningStatus
{
    private ProvisioningStatus(ResourceReader json)
    {
        SkuId = json.Id<IdKind.Sku>("skuId");
        Status = json.Text("status") ?? "";
        Quantity = json.Number("quantity");
    }

    /// <summary>The directory SKU: the key to subscribed SKUs and users' licenses.</summary>
    public SkuId? SkuId { get; }

    /// <summary>The service's word: <c>success</c>, <c>pending</c>, <c>failed</c>, <c>none</c>.</summary>
    public string Status { get; }

    /// <summary>The seats the directory knows of; null where the service does not say.</summary>
    public int? Quantity { get; }

    public bool Succeeded => string.Equals(Status, "success", StringComparison.OrdinalIgnoreCase);

    public bool IsPending => string.Equals(Status, "pending", StringComparison.OrdinalIgnoreCase);

    public bool Failed => string.Equals(Status, "failed", StringComparison.OrdinalIgnoreCase);

    public static ProvisioningStatus Read(ResourceReader json) => new(json);
}
