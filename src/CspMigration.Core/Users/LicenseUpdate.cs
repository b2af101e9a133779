using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Users;

/// <summary>What one user's single license update clears and sets.</summary>
internal sealed record LicenseUpdate
{
    public required LicenseHolder Holder { get; init; }

    /// <summary>The directory SKUs to set, each with the service plan ids to switch off in it.</summary>
    public required IReadOnlyList<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> Assign { get; init; }

    /// <summary>The directory SKUs to clear.</summary>
    public required IReadOnlyList<SkuId> Remove { get; init; }

    /// <summary>What is set in place of what, where several licenses are exchanged for several: a user who no longer has one of them gets nothing for it. Empty where all that is set belongs together.</summary>
    public IReadOnlyList<KeyValuePair<SkuId, SkuId>> Exchanges { get; init; } = [];

    /// <summary>The sources it is for, as the journal knows them.</summary>
    public required IReadOnlyList<SourceKey> Sources { get; init; }

    /// <summary>The service plan ids that were switched off in what it clears, and on in nothing of it.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOff { get; init; } = [];

    /// <summary>The same by directory SKU, with those that are on in another; null where it clears one alone.</summary>
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? SwitchedOffBySku { get; init; }

    /// <summary>Whether what is set is assigned directly to users who have it from a group, too.</summary>
    public bool AssignsDirectly { get; init; }

    /// <summary>Whether it takes a move back.</summary>
    public bool IsBack { get; init; }

    /// <summary>Whether a user still has something that a directory SKU is set in place of.</summary>
    public bool IsDue(LicenseHolder holder, SkuId skuId) => Exchanges.Count == 0 || Exchanges.Any(exchange => exchange.Value.Is(skuId) && holder.Holds(exchange.Key));

    /// <summary>Whether a user has, by now, what is set.</summary>
    public bool IsAssigned(LicenseHolder holder, SkuId skuId) => AssignsDirectly ? holder.HoldsDirectly(skuId) : holder.Holds(skuId);
}
