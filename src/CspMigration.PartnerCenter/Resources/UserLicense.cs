using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A licence a user holds (docs/partner-center.md §12).</summary>
internal sealed class UserLicense
{
    private UserLicense(ResourceReader json)
    {
        SkuId = json.Resource("productSku")?.Text("id");
        ServicePlans = [.. json.Resources("servicePlans").Select(ServicePlan.Read)];
    }

    /// <summary>The directory SKU.</summary>
    public string? SkuId { get; }

    public IReadOnlyList<ServicePlan> ServicePlans { get; }

    public static UserLicense Read(ResourceReader json) => new(json);
}
