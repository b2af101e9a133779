using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A license a user holds (docs/partner-center.md §12).</summary>
internal sealed class UserLicense
{
    private UserLicense(ResourceReader json)
    {
        SkuId = json.Resource("productSku")?.Id<IdKind.Sku>("id");
        ServicePlans = [.. json.Resources("servicePlans").Select(ServicePlan.Read)];
    }

    private UserLicense(SkuId skuId, IReadOnlyList<ServicePlan> servicePlans)
    {
        SkuId = skuId;
        ServicePlans = servicePlans;
    }

    /// <summary>The directory SKU.</summary>
    public SkuId? SkuId { get; }

    public IReadOnlyList<ServicePlan> ServicePlans { get; }

    /// <summary>The service plans that are switched off.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOff => [.. ServicePlans.Where(plan => plan.IsSwitchedOff).Select(plan => plan.Id).Known()];

    /// <summary>A license with its service plans.</summary>
    public static UserLicense Of(SkuId skuId, IReadOnlyList<ServicePlan> servicePlans) => new(skuId, servicePlans);

    public static UserLicense Read(ResourceReader json) => new(json);
}
