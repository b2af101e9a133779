using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Users;

/// <summary>What one exchange of a group's licenses assigns and removes.</summary>
internal sealed record GroupUpdate
{
    public required LicenseGroup Group { get; init; }

    /// <summary>The members who have what it removes from the group.</summary>
    public required IReadOnlyCollection<UserId> Members { get; init; }

    /// <summary>The directory SKUs to assign that the group does not assign yet, each with the service plan ids to switch off in it.</summary>
    public required IReadOnlyList<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> Assign { get; init; }

    /// <summary>The directory SKUs to remove.</summary>
    public required IReadOnlyList<SkuId> Remove { get; init; }

    /// <summary>The sources it is for, as the journal knows them.</summary>
    public required IReadOnlyList<SourceKey> Sources { get; init; }

    /// <summary>Whether it takes an exchange back.</summary>
    public bool IsBack { get; init; }

    /// <summary>What the members have from the group afterwards.</summary>
    public IReadOnlyList<SkuId> Targets { get; init; } = [];

    /// <summary>Whether a group, as it is now, has been changed so.</summary>
    public bool IsMadeIn(LicenseGroup group) => Assign.All(sku => group.Assigns(sku.Key)) && !Remove.Any(group.Assigns);

    /// <summary>The service plan ids that are off in what it removes, by directory SKU; null where none is.</summary>
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? SwitchedOffBySku => ByKey(Remove.Select(skuId => new KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>(skuId, Group.SwitchedOffIn(skuId))));

    /// <summary>The service plan ids that it switches off in what it assigns, by directory SKU; null where none.</summary>
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? SetOffBySku => ByKey(Assign);

    private static Dictionary<SkuId, IReadOnlyList<ServicePlanId>>? ByKey(IEnumerable<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> plans)
    {
        var off = plans.Where(sku => sku.Value.Count > 0).ToDictionary(sku => sku.Key, sku => sku.Value);
        return off.Count == 0 ? null : off;
    }
}
