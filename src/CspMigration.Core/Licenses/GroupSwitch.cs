using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>The exchange of one group's licenses for all of its members together.</summary>
internal sealed class GroupSwitch
{
    private GroupSwitch(LicenseGroup group, IReadOnlyList<LicenseHolder> members, IReadOnlyList<PoolExit> exits, ServicePlanTransfer transfer, IReadOnlyList<SkuId> targets)
    {
        Members = members;
        Exits = exits;
        Transfer = transfer;
        Update = new GroupUpdate
        {
            Group = group,
            Members = [.. members.Where(member => exits.Any(exit => member.HoldsFrom(group.Id, exit.Pool.SourceSkuId))).Select(member => member.User.Id)],
            Assign = [.. targets.Where(target => !group.Assigns(target)).Select(target => new KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>(target, transfer.ExcludedIn(target)))],
            Remove = [.. exits.Select(exit => exit.Pool.SourceSkuId)],
            Sources = [.. exits.SelectMany(exit => exit.Pool.SourceKeysOf(exit.TargetSkuId))],
            Targets = targets,
        };
    }

    public LicenseGroup Group => Update.Group;

    public IReadOnlyList<LicenseHolder> Members { get; }

    /// <summary>The pools that the members leave.</summary>
    public IReadOnlyList<PoolExit> Exits { get; }

    /// <summary>What becomes of service plans that are switched off in the group.</summary>
    public ServicePlanTransfer Transfer { get; }

    public GroupUpdate Update { get; }

    /// <summary>What members lose and get by it.</summary>
    public GroupExchange Exchange => new()
    {
        GroupId = Group.Id,
        Skus = [.. Exits.Where(exit => exit.TargetSkuId is not null).Select(exit => new KeyValuePair<SkuId, SkuId>(exit.Pool.SourceSkuId, exit.TargetSkuId!.Value))],
        Others = [.. Group.SkuIds.Except(Update.Remove).Except(Update.Targets)],
        SwitchedOffBySku = Group.SkuIds.Concat(Update.Targets).Distinct().ToDictionary(skuId => skuId, skuId => Group.Assigns(skuId) ? Group.SwitchedOffIn(skuId) : Transfer.ExcludedIn(skuId)),
        Sources = Update.Sources,
    };

    /// <summary>The exchange for a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="members">Its members.</param>
    /// <param name="exits">The pools that they leave, one or more.</param>
    /// <param name="skus">The tenant's SKUs, for the service plans of the targets.</param>
    public static GroupSwitch For(LicenseGroup group, IReadOnlyList<LicenseHolder> members, IReadOnlyList<PoolExit> exits, IReadOnlyList<SubscribedSku> skus)
    {
        var targets = exits.Select(exit => exit.TargetSkuId).Known().Distinct().ToList();
        var transfer = ServicePlanTransfer.To(targets, [.. exits.Select(exit => group.LicenseOf(exit.Pool.SourceSkuId)).OfType<UserLicense>()], skus, group.Assigns);
        return new GroupSwitch(group, members, exits, transfer, targets);
    }
}
