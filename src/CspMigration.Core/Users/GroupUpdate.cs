using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Users;

/// <summary>What one exchange of a group's licenses assigns and removes.</summary>
internal sealed record GroupUpdate
{
    public required LicenseGroup Group { get; init; }

    /// <summary>How many members have what it removes from the group.</summary>
    public required int Members { get; init; }

    /// <summary>The directory SKUs to assign that the group does not assign yet, each with the service plan ids to switch off in it.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Assign { get; init; }

    /// <summary>The directory SKUs to remove.</summary>
    public required IReadOnlyList<string> Remove { get; init; }

    /// <summary>The sources it is for, as the journal knows them.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether it takes an exchange back.</summary>
    public bool IsBack { get; init; }

    /// <summary>What the members have from the group afterwards.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether a group, as it is now, has been changed so.</summary>
    public bool IsMadeIn(LicenseGroup group) => Assign.All(sku => group.Assigns(sku.Key)) && !Remove.Any(group.Assigns);

    /// <summary>The service plan ids that are off in what it removes, by directory SKU; null where none is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SwitchedOffBySku => ByKey(Remove.Select(skuId => new KeyValuePair<string, IReadOnlyList<string>>(skuId, Group.SwitchedOffIn(skuId))));

    /// <summary>The service plan ids that it switches off in what it assigns, by directory SKU; null where none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SetOffBySku => ByKey(Assign);

    private static Dictionary<string, IReadOnlyList<string>>? ByKey(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> plans)
    {
        var off = plans.Where(sku => sku.Value.Count > 0).ToDictionary(sku => sku.Key, sku => sku.Value, StringComparer.OrdinalIgnoreCase);
        return off.Count == 0 ? null : off;
    }
}
