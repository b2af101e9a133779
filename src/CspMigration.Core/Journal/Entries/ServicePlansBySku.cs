using System.Collections.Generic;

namespace CspMigration.Core.Journal.Entries;

/// <summary>Service plans that a line has by directory SKU.</summary>
internal static class ServicePlansBySku
{
    /// <summary>Those of one directory SKU; null where the line has none for it.</summary>
    public static IReadOnlyList<ServicePlanId>? Of(this IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? plans, SkuId skuId)
    {
        return plans is not null && plans.TryGetValue(skuId, out var known) ? known : null;
    }
}
