using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.State;

/// <summary>A SKU assigned to a user, with the plans switched off for them.</summary>
internal sealed class License
{
    public License(DirectorySku sku, IEnumerable<string> disabledPlans, bool inheritedFromGroup)
    {
        Sku = sku;
        DisabledPlans = disabledPlans.ToList();
        InheritedFromGroup = inheritedFromGroup;
    }

    public DirectorySku Sku { get; }

    public IReadOnlyList<string> DisabledPlans { get; }

    /// <summary>Assigned through a group, and to be taken away only there.</summary>
    public bool InheritedFromGroup { get; }

    public IEnumerable<ServicePlan> EnabledPlans => Sku.Plans.Where(plan => !IsDisabled(plan));

    public bool IsDisabled(ServicePlan plan) => DisabledPlans.Contains(plan.Id, Same.Comparer);
}
