using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Errors;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>Who leaves which pool with a group, and who needs a seat of which target: a user in several groups counts once.</summary>
internal sealed class LeavingMembers
{
    private readonly Dictionary<SourcePool, HashSet<UserId>> _users = [];
    private readonly Dictionary<SkuId, HashSet<UserId>> _seated = [];

    public void Add(GroupSwitch planned, TargetSeats seats)
    {
        foreach (var exit in planned.Exits)
        {
            Of(exit.Pool).UnionWith(HoldersOf(exit.Pool, planned.Members));
            if (exit.TargetSkuId is { } skuId)
            {
                foreach (var userId in NewSeats(skuId, planned.Members))
                {
                    _ = SeatedIn(skuId).Add(userId);
                    seats.Reserve(skuId);
                }
            }
        }
    }

    /// <summary>The seats have been counted again, with those of the members who have followed.</summary>
    public void ForgetSeats() => _seated.Clear();

    /// <summary>The first of a pool's targets with a seat for each; the first of all where none has.</summary>
    public SkuId? ChooseTarget(SourcePool plan, IReadOnlyList<LicenseHolder> members, TargetSeats seats)
    {
        return plan.TargetSkuIds.Known().FirstOrNull(skuId => seats.HasFree(skuId, NewSeats(skuId, members).Count)) ?? plan.TargetSkuIds[0];
    }

    public GroupObstacle? ObstacleOf(PoolExit exit, IReadOnlyList<LicenseHolder> members, TargetSeats seats, bool isKnownNeeded)
    {
        var holders = HoldersOf(exit.Pool, members);
        var allowed = exit.Pool.Needed - Of(exit.Pool).Count(userId => !holders.Contains(userId));
        if (holders.Count > allowed)
        {
            return new GroupObstacle(
                $"{Enumeration.Count(holders.Count, "member", "has", "have")} the license, and only {Math.Max(0, allowed)} {(allowed == 1 ? "has" : "have")} to leave it: other subscriptions have seats for the others.",
                Remedies.ChangeGroup());
        }

        if (exit.TargetSkuId is not { } skuId)
        {
            return null;
        }

        var needed = NewSeats(skuId, members).Count;
        return isKnownNeeded && needed > 0 && !seats.IsKnown(skuId) ? new GroupObstacle("The service does not say how many seats of the target are free.", ErrorCatalog.HoldersUnknown.Remedy)
            : seats.HasFree(skuId, needed) ? null
            : new GroupObstacle($"{Enumeration.Count(needed, "member", "needs", "need")} a seat of the target, and fewer are free.", Remedies.BuyOrFreeSeats());
    }

    private static HashSet<UserId> HoldersOf(SourcePool plan, IReadOnlyList<LicenseHolder> members)
    {
        return new HashSet<UserId>(members.Where(member => member.Holds(plan.SourceSkuId)).Select(member => member.User.Id));
    }

    private List<UserId> NewSeats(SkuId skuId, IReadOnlyList<LicenseHolder> members)
    {
        return [.. members.Where(member => !member.Holds(skuId) && !SeatedIn(skuId).Contains(member.User.Id)).Select(member => member.User.Id)];
    }

    private HashSet<UserId> Of(SourcePool plan) => _users.TryGetValue(plan, out var users) ? users : _users[plan] = [];

    private HashSet<UserId> SeatedIn(SkuId skuId) => _seated.TryGetValue(skuId, out var users) ? users : _seated[skuId] = [];
}
