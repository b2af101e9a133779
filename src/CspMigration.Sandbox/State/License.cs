using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

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

    /// <summary>Inherited from a group; it cannot be removed from the user directly.</summary>
    public bool InheritedFromGroup { get; }

    public IEnumerable<ServicePlan> EnabledPlans => Sku.Plans.Where(plan => !IsDisabled(plan));

    /// <summary>Two plans that exclude each other; null if there are none.</summary>
    public static (ServicePlan One, ServicePlan Other)? Conflict(IEnumerable<License> licenses)
    {
        var exclusive = licenses.SelectMany(license => license.EnabledPlans).Where(plan => plan.ExclusiveGroup != null).Distinct();
        var plans = exclusive.GroupBy(plan => plan.ExclusiveGroup).Select(group => group.ToList()).FirstOrDefault(group => group.Count > 1);
        return plans == null ? null : (plans[0], plans[1]);
    }

    public bool IsDisabled(ServicePlan plan) => DisabledPlans.Contains(plan.Id, AnyCase.Comparer);
}
