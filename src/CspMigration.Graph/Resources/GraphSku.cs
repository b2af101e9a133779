using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.Graph.Resources;

/// <summary>The units of one directory SKU in a tenant (learn.microsoft.com/graph/api/resources/subscribedsku).</summary>
internal sealed class GraphSku
{
    private GraphSku(ResourceReader json)
    {
        SkuId = json.Id<IdKind.Sku>("skuId");
        PartNumber = json.Text("skuPartNumber");
        IsForUsers = json.Text("appliesTo")?.ToUpperInvariant() switch { "USER" => true, "COMPANY" => false, _ => null };
        ConsumedUnits = json.Number("consumedUnits");
        var units = json.Resource("prepaidUnits");
        ActiveUnits = units?.Number("enabled");
        SuspendedUnits = units?.Number("suspended");
        WarningUnits = units?.Number("warning");
        LockedUnits = units?.Number("lockedOut");
        ServicePlans = [.. json.Resources("servicePlans").Select(plan => new KeyValuePair<ServicePlanId?, string?>(plan.Id<IdKind.ServicePlan>("servicePlanId"), plan.Text("servicePlanName")))];
    }

    public SkuId? SkuId { get; }

    public string? PartNumber { get; }

    /// <summary>Whether its units are assigned to users, rather than being the tenant's; null where the service does not say.</summary>
    public bool? IsForUsers { get; }

    public int? ConsumedUnits { get; }

    public int? ActiveUnits { get; }

    public int? SuspendedUnits { get; }

    public int? WarningUnits { get; }

    public int? LockedUnits { get; }

    /// <summary>The id and the technical name of each service plan.</summary>
    public IReadOnlyList<KeyValuePair<ServicePlanId?, string?>> ServicePlans { get; }

    public static GraphSku Read(ResourceReader json) => new(json);
}
