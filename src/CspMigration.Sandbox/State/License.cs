using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>A SKU that a user holds: assigned directly, by groups, or both. It takes one seat.</summary>
internal sealed class License
{
    private License(DirectorySku sku, IReadOnlyList<string>? direct, IReadOnlyList<GroupGrant> grants)
    {
        Sku = sku;
        DirectlyDisabled = direct;
        Grants = grants;
        DisabledPlans = grants.Select(grant => grant.License.DisabledPlans).Concat(direct == null ? [] : [direct])
            .Aggregate((one, other) => one.Intersect(other, AnyCase.Comparer).ToList());
    }

    public DirectorySku Sku { get; }

    /// <summary>The plans that are off: those that no assignment switches on.</summary>
    public IReadOnlyList<string> DisabledPlans { get; }

    /// <summary>The plans switched off in the direct assignment; null if there is none.</summary>
    public IReadOnlyList<string>? DirectlyDisabled { get; }

    /// <summary>The groups that assign it.</summary>
    public IReadOnlyList<GroupGrant> Grants { get; }

    /// <summary>Inherited from a group alone; it cannot be removed from the user directly.</summary>
    public bool InheritedFromGroup => DirectlyDisabled == null;

    public IEnumerable<ServicePlan> EnabledPlans => Sku.Plans.Where(plan => !IsDisabled(plan));

    public static License Direct(DirectorySku sku, IEnumerable<string> disabledPlans) => new(sku, disabledPlans.ToList(), []);

    public static License OfGroup(GroupGrant grant) => new(grant.License.Sku, null, [grant]);

    /// <summary>Two plans that exclude each other; null if there are none.</summary>
    public static (ServicePlan One, ServicePlan Other)? Conflict(IEnumerable<License> licenses)
    {
        var exclusive = licenses.SelectMany(license => license.EnabledPlans).Where(plan => plan.ExclusiveGroup != null).Distinct();
        var plans = exclusive.GroupBy(plan => plan.ExclusiveGroup).Select(group => group.ToList()).FirstOrDefault(group => group.Count > 1);
        return plans == null ? null : (plans[0], plans[1]);
    }

    /// <summary>The license with this direct assignment.</summary>
    public License WithDirect(IEnumerable<string> disabledPlans) => new(Sku, disabledPlans.ToList(), Grants);

    /// <summary>What is left without the direct assignment; null for nothing.</summary>
    public License? WithoutDirect() => Grants.Count == 0 ? null : new(Sku, null, Grants);

    /// <summary>The license with the assignment of one more group.</summary>
    public License With(GroupGrant grant) => new(Sku, DirectlyDisabled, [.. Grants.Where(other => other.Group != grant.Group), grant]);

    /// <summary>What is left without a group; null for nothing.</summary>
    public License? Without(Group group)
    {
        var grants = Grants.Where(grant => grant.Group != group).ToList();
        return DirectlyDisabled == null && grants.Count == 0 ? null : new(Sku, DirectlyDisabled, grants);
    }

    public bool IsDisabled(ServicePlan plan) => DisabledPlans.Contains(plan.Id, AnyCase.Comparer);
}
