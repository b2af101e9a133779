using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Users;

/// <summary>What members of a group lose and get where its licenses have been exchanged.</summary>
internal sealed record GroupExchange
{
    public required GroupId GroupId { get; init; }

    /// <summary>Each directory SKU that is removed, with the one that is assigned in its place.</summary>
    public required IReadOnlyList<KeyValuePair<SkuId, SkuId>> Skus { get; init; }

    /// <summary>The directory SKUs that the group assigns before and after: who cannot have one of its licenses from it has none of them.</summary>
    public required IReadOnlyList<SkuId> Others { get; init; }

    /// <summary>The service plan ids that are off in each of them.</summary>
    public required IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>> SwitchedOffBySku { get; init; }

    /// <summary>The sources it is for, as the journal knows them.</summary>
    public required IReadOnlyList<SourceKey> Sources { get; init; }

    /// <summary>Whether it takes an exchange back.</summary>
    public bool IsBack { get; init; }

    /// <summary>Whether a member has lost anything by it.</summary>
    public bool HasLost(LicenseHolder member) => Skus.Any(skus => HasLost(member, skus)) || Others.Any(skuId => HasLost(member, skuId));

    /// <summary>Whether a member has neither what was removed nor what was to take its place.</summary>
    public bool HasLost(LicenseHolder member, KeyValuePair<SkuId, SkuId> skus) => HasLost(member, skus.Key) && !member.Holds(skus.Value);

    /// <summary>Whether the group could not assign a directory SKU to a member who has it from nowhere else.</summary>
    public bool HasLost(LicenseHolder member, SkuId skuId) => member.ErrorOf(GroupId) is not null && !member.Holds(skuId);

    /// <summary>The service plan ids that are off in a directory SKU.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOffIn(SkuId skuId) => SwitchedOffBySku.TryGetValue(skuId, out var plans) ? plans : [];
}
