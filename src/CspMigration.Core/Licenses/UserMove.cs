using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>One user's move away from all sources of the customer together.</summary>
internal sealed class UserMove
{
    private UserMove(LicenseHolder holder, IReadOnlyList<PoolExit> exits, ServicePlanTransfer transfer, IReadOnlyList<SkuId> assigned, bool assignsDirectly)
    {
        Holder = holder;
        Exits = exits;
        Transfer = transfer;
        Update = new LicenseUpdate
        {
            Holder = holder,
            Assign = [.. assigned.Select(target => new KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>(target, transfer.ExcludedIn(target)))],
            Remove = [.. exits.Select(exit => exit.Pool.SourceSkuId)],
            Exchanges = [.. exits.Where(exit => exit.TargetSkuId is not null).Select(exit => new KeyValuePair<SkuId, SkuId>(exit.Pool.SourceSkuId, exit.TargetSkuId!.Value))],
            Sources = [.. exits.SelectMany(exit => exit.Pool.SourceKeysOf(exit.TargetSkuId))],
            AssignsDirectly = assignsDirectly,
            SwitchedOff = transfer.SwitchedOff,
            SwitchedOffBySku = exits.Count < 2 ? null : exits.ToDictionary(exit => exit.Pool.SourceSkuId, exit => holder.LicenseOf(exit.Pool.SourceSkuId)?.SwitchedOff ?? []),
        };
    }

    public LicenseHolder Holder { get; }

    /// <summary>The pools the user leaves.</summary>
    public IReadOnlyList<PoolExit> Exits { get; }

    /// <summary>What becomes of switched-off service plans.</summary>
    public ServicePlanTransfer Transfer { get; }

    public LicenseUpdate Update { get; }

    /// <summary>Whether a license is set and not only cleared. In a plan the target may not be known yet; it is set all the same.</summary>
    public bool Assigns => Update.Assign.Count > 0 || Exits.Any(exit => exit.TargetSkuId is null);

    /// <summary>Whether the only seats left of a target are not to be used: nothing is sent then.</summary>
    public bool LacksSeat => Exits.Any(exit => exit.LacksSeat);

    /// <summary>The groups that are known to assign what the user would leave.</summary>
    public IReadOnlyList<GroupId> Groups => [.. Exits.SelectMany(exit => Holder.GroupsOf(exit.Pool.SourceSkuId) ?? []).Distinct()];

    /// <summary>Whether a group is known to assign what the user would leave: the service would refuse the update.</summary>
    public bool IsGroupHeld => Groups.Count > 0;

    /// <summary>Whether nothing is sent, because it is known how it would end.</summary>
    public bool IsKnownToFail => LacksSeat || IsGroupHeld;

    /// <summary>The move of a user.</summary>
    /// <param name="holder">The user.</param>
    /// <param name="exits">The pools the user leaves, one or more.</param>
    /// <param name="skus">The tenant's SKUs, for the service plans of the targets.</param>
    /// <param name="switched">The groups that were exchanged: who has a target from them alone, and a source directly, gets the target directly too.</param>
    public static UserMove For(LicenseHolder holder, IReadOnlyList<PoolExit> exits, IReadOnlyList<SubscribedSku> skus, IReadOnlyCollection<GroupId> switched)
    {
        var targets = exits.Select(exit => exit.TargetSkuId).Known().Distinct().ToList();
        var transfer = ServicePlanTransfer.To(targets, [.. exits.Select(exit => holder.LicenseOf(exit.Pool.SourceSkuId)).OfType<UserLicense>()], skus, Has);
        return new UserMove(holder, exits, transfer, [.. targets.Where(target => !Has(target))], assignsDirectly: targets.Exists(target => holder.Holds(target) && !Has(target)));

        bool Has(SkuId skuId) => holder.IsInService(skuId) && (switched.Count == 0 || holder.HoldsDirectly(skuId) || holder.GroupsOf(skuId)?.All(group => switched.Contains(group)) != true);
    }
}
