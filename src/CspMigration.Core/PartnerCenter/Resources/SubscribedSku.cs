using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.PartnerCenter.Json;

namespace CspMigration.Core.PartnerCenter.Resources;

/// <summary>
/// The units of one directory SKU in a customer's tenant, pooled over all its subscriptions (API docs §12).
/// </summary>
internal sealed class SubscribedSku
{
    private SubscribedSku(ResourceReader json)
    {
        var product = json.Resource("productSku");
        SkuId = product?.Text("id");
        Name = product?.Text("name");
        PartNumber = product?.Text("skuPartNumber");
        ActiveUnits = json.Number("activeUnits") ?? 0;
        ConsumedUnits = json.Number("consumedUnits") ?? 0;
        ServicePlans = [.. json.Resources("servicePlans").Select(ServicePlan.Read)];
    }

    /// <summary>The directory SKU.</summary>
    public string? SkuId { get; }

    public string? Name { get; }

    public string? PartNumber { get; }

    public int ActiveUnits { get; }

    public int ConsumedUnits { get; }

    public IReadOnlyList<ServicePlan> ServicePlans { get; }

    public static SubscribedSku Read(ResourceReader json) => new(json);
}
