using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>Plans the exchange of one group's licenses, or says why it cannot be exchanged as a whole (docs/rules.md, rule 31).</summary>
internal sealed class GroupSwitchPlanner
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> _confirmed;
    private readonly bool _planOnly;
    private readonly Dictionary<GroupId, GroupObstacle> _obstacles = [];
    private readonly List<CspMigrationException> _problems = [];
    private readonly List<LicenseGroup> _underWay = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="confirmed">The groups that were confirmed, each with the directory SKU it loses and its number of members.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public GroupSwitchPlanner(MigrationOperation operation, CustomerView view, LicenseMoveOptions options, IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> confirmed, bool planOnly)
    {
        _operation = operation;
        _view = view;
        _options = options;
        _confirmed = confirmed;
        _planOnly = planOnly;
    }

    /// <summary><c>GroupNotSwitched</c> for each group that was to be exchanged and is not.</summary>
    public IReadOnlyList<CspMigrationException> Problems => _problems;

    /// <summary>Groups that were exchanged before, by someone else or an earlier run, and whose members follow.</summary>
    public IReadOnlyList<LicenseGroup> UnderWay => _underWay;

    /// <summary>Why some groups were not exchanged; null where nothing is known.</summary>
    public string? ReasonFor(IReadOnlyList<GroupId> groupIds)
    {
        var reasons = groupIds.Where(_obstacles.ContainsKey).Select(id => $"{_obstacles[id].ProblemWithoutNames} {_obstacles[id].Remedy}").Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count == 0 ? null : string.Join(" ", reasons);
    }

    /// <summary>Reads a group and its members, right before its exchange: that of another may take long.</summary>
    /// <param name="groups">The customer's groups.</param>
    /// <param name="id">The group.</param>
    /// <param name="plans">The pools.</param>
    /// <param name="leaving">Who leaves with other groups.</param>
    /// <param name="seats">The free seats of the targets.</param>
    /// <param name="givesUsageLocation">Whether members without a usage location are given one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The exchange; null where there is none.</returns>
    public async Task<GroupSwitch?> PlanAsync(
        GroupLicenses groups, GroupId id, IReadOnlyList<SourcePool> plans, LeavingMembers leaving, TargetSeats seats, bool givesUsageLocation, CancellationToken cancellationToken)
    {
        if (await groups.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } group)
        {
            Refuse(plans, id, id.ToString(), GroupObstacle.Unreadable);
            return null;
        }

        var left = plans.Where(plan => group.Assigns(plan.SourceSkuId)).ToList();
        if (left.Count == 0)
        {
            _underWay.Add(group);
            return null;
        }

        // What was declined for one source stays, whatever else the group assigns.
        var confirmed = left.FindAll(plan => _planOnly || _options.Users.Count > 0 || _confirmed.ContainsKey((id, plan.SourceSkuId)));
        if (confirmed.Count < left.Count)
        {
            Refuse([.. left.Except(confirmed)], id, group.Name, new GroupObstacle("It was not confirmed.", Remedies.ConfirmGroup()));
        }

        if (confirmed.Count == 0)
        {
            return null;
        }

        if (await groups.FindMembersAsync(id, cancellationToken).ConfigureAwait(false) is not { } members)
        {
            Refuse(confirmed, id, group.Name, GroupObstacle.Unreadable);
            return null;
        }

        var planned = GroupSwitch.For(group, members, confirmed.ConvertAll(plan => new PoolExit(plan, leaving.ChooseTarget(plan, members, seats))), await _view.SkusAsync(cancellationToken).ConfigureAwait(false));
        if (FindObstacle(planned, givesUsageLocation, leaving, seats) is { } obstacle)
        {
            Refuse(confirmed, id, group.Name, obstacle);
            return null;
        }

        return planned;
    }

    /// <summary>Leaves a planned exchange, for what has shown only since.</summary>
    public void Refuse(GroupSwitch planned, GroupObstacle obstacle) => Refuse([.. planned.Exits.Select(exit => exit.Pool)], planned.Group.Id, planned.Group.Name, obstacle);

    private GroupObstacle? FindObstacle(GroupSwitch planned, bool givesUsageLocation, LeavingMembers leaving, TargetSeats seats)
    {
        if (_options.Users.Count > 0)
        {
            return new GroupObstacle("Only some users were to be moved.", Remedies.SwitchWholeGroup());
        }

        foreach (var skuId in planned.Update.Remove.Where(_ => !_planOnly))
        {
            var (members, confirmed) = (planned.Members.Count(member => member.HoldsFrom(planned.Group.Id, skuId)), _confirmed[(planned.Group.Id, skuId)]);
            if (confirmed < members)
            {
                return new GroupObstacle($"It has {Enumeration.Count(members, "member")} by now, and {confirmed} were confirmed.", Remedies.ConfirmGroup());
            }
        }

        return GroupChecks.FindObstacle(planned.Group, planned.Members, givesUsageLocation)
            ?? planned.Exits.Select(exit => leaving.ObstacleOf(exit, planned.Members, seats, isKnownNeeded: !_planOnly)).FirstOrDefault(obstacle => obstacle is not null);
    }

    private void Refuse(IReadOnlyList<SourcePool> plans, GroupId groupId, string name, GroupObstacle obstacle)
    {
        _obstacles[groupId] = obstacle;
        var plan = plans[0];
        var what = $"{plan.CustomerName}: the license of the group {name} ({groupId}) is not switched to {plan.TargetName}.";
        var error = ErrorCatalog.GroupNotSwitched.Exception(
            $"{what} {obstacle.Problem}", _view.CustomerId, plan.Targets[0].SourceId, obstacle.Remedy, problemWithoutNames: $"{what} {obstacle.ProblemWithoutNames}");
        _problems.Add(error);
        _operation.Observer.Verbose(error.Problem);
    }
}
