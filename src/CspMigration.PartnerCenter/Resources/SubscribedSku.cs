using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>
/// The units of one directory SKU in a customer's tenant, pooled over all its subscriptions (docs/partner-center.md §12).
/// </summary>
internal sealed record SubscribedSku
{
    private SubscribedSku(ResourceReader json)
    {
        var product = json.Resource("productSku");
        SkuId = product?.Id<IdKind.Sku>("id");
        Name = product?.Text("name");
        PartNumber = product?.Text("skuPartNumber");
        IsForUsers = product?.Text("targetType")?.ToUpperInvariant() switch { "USER" => true, "TENANT" => false, _ => null };
        ActiveUnits = json.Number("activeUnits");
        ConsumedUnits = json.Number("consumedUnits");
        SuspendedUnits = json.Number("suspendedUnits");
        WarningUnits = json.Number("warningUnits");
        TotalUnits = json.Number("totalUnits");
        ServicePlans = [.. json.Resources("servicePlans").Select(ServicePlan.Read)];
    }

    internal SubscribedSku()
    {
        ServicePlans = [];
    }

    /// <summary>The directory SKU.</summary>
    public SkuId? SkuId { get; init; }

    public string? Name { get; }

    public string? PartNumber { get; init; }

    /// <summary>Whether its units are assigned to users, rather than being the tenant's; null where the service does not say.</summary>
    public bool? IsForUsers { get; init; }

    /// <summary>Units of subscriptions in service; null where the service does not say.</summary>
    public int? ActiveUnits { get; init; }

    /// <summary>Units that users hold; null where the service does not say.</summary>
    public int? ConsumedUnits { get; init; }

    /// <summary>Units of suspended and disabled subscriptions; null where the service does not say.</summary>
    public int? SuspendedUnits { get; init; }

    /// <summary>Units of subscriptions past their term; null where the service does not say.</summary>
    public int? WarningUnits { get; init; }

    /// <summary>All of them; null where the service does not say.</summary>
    public int? TotalUnits { get; init; }

    public IReadOnlyList<ServicePlan> ServicePlans { get; init; }

    public static SubscribedSku Read(ResourceReader json) => new(json);
}
