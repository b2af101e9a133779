using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Exchanges the licenses of the groups that assign what a customer's users leave (docs/rules.md, rule 31), before the users are moved who
/// hold it directly. What cannot be exchanged as a whole is left as it is, with the reason.
/// </summary>
internal sealed class GroupSwitches
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly IReadOnlyDictionary<GroupId, int> _confirmed;
    private readonly bool _planOnly;
    private readonly Dictionary<GroupId, GroupObstacle> _obstacles = [];
    private readonly List<GroupId> _switched = [];
    private readonly List<CspMigrationException> _problems = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="confirmed">The groups that were confirmed, each with its number of members.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public GroupSwitches(MigrationOperation operation, CustomerView view, LicenseMoveOptions options, IReadOnlyDictionary<GroupId, int> confirmed, bool planOnly)
    {
        _operation = operation;
        _view = view;
        _options = options;
        _confirmed = confirmed;
        _planOnly = planOnly;
    }

    /// <summary>The groups that were exchanged, in a plan those that would be.</summary>
    public IReadOnlyList<GroupId> Switched => _switched;

    /// <summary><c>GroupNotSwitched</c> for each group that was to be exchanged and is not.</summary>
    public IReadOnlyList<CspMigrationException> Problems => _problems;

    /// <summary>Why some groups were not exchanged; null where nothing is known.</summary>
    public string? ReasonFor(IReadOnlyList<GroupId> groupIds)
    {
        var reasons = groupIds.Where(_obstacles.ContainsKey).Select(id => $"{_obstacles[id].ProblemWithoutNames} {_obstacles[id].Remedy}").Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count == 0 ? null : string.Join(" ", reasons);
    }

    /// <summary>Exchanges what can be, waits for the members, and notes with the pools who has left them.</summary>
    /// <param name="plans">The pools.</param>
    /// <param name="seats">The free seats of the targets; they are taken here.</param>
    /// <param name="usageLocation">What members without a usage location get; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether who holds what may have changed.</returns>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: members have not followed in time; what the service refuses for the customer.</exception>
    public async Task<bool> RunAsync(IReadOnlyList<SourcePool> plans, TargetSeats seats, string? usageLocation, CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            return false;
        }

        var updater = new GroupLicenseUpdater(_operation, _view.CustomerId, groups);
        var (switches, underWay) = await PlanAsync(groups, plans, seats, usageLocation is not null, cancellationToken).ConfigureAwait(false);
        if (_planOnly)
        {
            foreach (var planned in switches)
            {
                _switched.Add(planned.Group.Id);
                Record(planned, planned.Members, failed: []);
            }

            return false;
        }

        await SettleOpenAsync(groups, plans, cancellationToken).ConfigureAwait(false);
        var sent = new List<GroupSwitch>();
        foreach (var planned in switches)
        {
            if (await SendAsync(service, updater, planned, usageLocation, cancellationToken).ConfigureAwait(false))
            {
                sent.Add(planned);
            }
        }

        foreach (var done in sent)
        {
            var members = await updater.WaitAsync(done.Update, _options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
            _switched.Add(done.Group.Id);
            var failed = await AssignDirectlyAsync(service, done, members, cancellationToken).ConfigureAwait(false);
            Record(done, members, failed);
        }

        foreach (var (group, from) in underWay)
        {
            var members = await updater.WaitAsync(group, from, to: [], _options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
            _switched.Add(group.Id);
            NoteAlreadyMoved(plans, members);
        }

        return switches.Count > 0 || underWay.Count > 0;
    }

    private async Task<(List<GroupSwitch> Switches, List<(LicenseGroup Group, IReadOnlyList<SkuId> From)> UnderWay)> PlanAsync(
        GroupLicenses groups, IReadOnlyList<SourcePool> plans, TargetSeats seats, bool givesUsageLocation, CancellationToken cancellationToken)
    {
        var switches = new List<GroupSwitch>();
        var underWay = new List<(LicenseGroup, IReadOnlyList<SkuId>)>();
        var leaving = new Leaving();
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var ids = plans.SelectMany(plan => plan.Holders.SelectMany(holder => holder.GroupsOf(plan.SourceSkuId) ?? [])).Distinct().OrderBy(id => id);
        foreach (var id in ids)
        {
            if (await groups.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } group)
            {
                Refuse(plans, id, id.ToString(), new GroupObstacle("It cannot be read.", Remedies.GrantGroupRights()));
                continue;
            }

            var left = plans.Where(plan => group.Assigns(plan.SourceSkuId)).ToList();
            if (left.Count == 0)
            {
                // It was exchanged before, by an earlier run as a rule, and its members follow.
                underWay.Add((group, [.. plans.Select(plan => plan.SourceSkuId)]));
                continue;
            }

            var members = await groups.ListMembersAsync(id, cancellationToken).ConfigureAwait(false);
            var exits = left.ConvertAll(plan => new PoolExit(plan, leaving.ChooseTarget(plan, members, seats)));
            var planned = GroupSwitch.For(group, members, exits, skus);
            if (Obstacle(planned, givesUsageLocation, leaving, seats) is { } obstacle)
            {
                Refuse(left, id, group.Name, obstacle);
                continue;
            }

            leaving.Add(planned, seats);
            switches.Add(planned);
        }

        return (switches, underWay);
    }

    private GroupObstacle? Obstacle(GroupSwitch planned, bool givesUsageLocation, Leaving leaving, TargetSeats seats)
    {
        var update = planned.Update;
        if (_options.Users.Count > 0)
        {
            return new GroupObstacle("Only some users were to be moved.", Remedies.SwitchWholeGroup());
        }

        if (!_planOnly && (!_confirmed.TryGetValue(update.Group.Id, out var confirmed) || confirmed < update.Members))
        {
            return new GroupObstacle(
                confirmed == 0 ? "It was not confirmed." : $"It has {Enumeration.Count(update.Members, "member")} by now, and {confirmed} were confirmed.", Remedies.ConfirmGroup());
        }

        return GroupChecks.FindObstacle(update.Group, planned.Members, givesUsageLocation)
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

    private async Task<bool> SendAsync(ILicenseService service, GroupLicenseUpdater updater, GroupSwitch planned, string? usageLocation, CancellationToken cancellationToken)
    {
        if (usageLocation is not null)
        {
            // The service would give them the tenant's.
            foreach (var member in planned.Members.Where(member => member.User.UsageLocation is null))
            {
                await service.SetUsageLocationAsync(member.User, usageLocation, cancellationToken).ConfigureAwait(false);
            }
        }

        if (await updater.SendAsync(planned.Update, isMade: false, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            Refuse([.. planned.Exits.Select(exit => exit.Pool)], planned.Group.Id, planned.Group.Name, GroupObstacle.Of(refusal, refusal.Remedy ?? ErrorCatalog.GroupNotSwitched.Remedy));
            return false;
        }

        _operation.Observer.Verbose($"The license of the group {planned.Group.Name} ({planned.Group.Id}) has been switched; its {Enumeration.Count(planned.Update.Members, "member")} follow.");
        return true;
    }

    // A member to whom the group cannot assign the new license has none at all by now: it is assigned directly, or else the old one, at once.
    private async Task<Dictionary<UserId, (UserMoveOutcome Outcome, string Reason)>> AssignDirectlyAsync(ILicenseService service, GroupSwitch done, IReadOnlyList<LicenseHolder> members, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<UserId, (UserMoveOutcome Outcome, string Reason)>();
        var before = new HashSet<UserId>(done.Members.Where(member => done.Update.Remove.Any(skuId => member.HoldsFrom(done.Group.Id, skuId))).Select(member => member.User.Id));
        var failed = members.Where(member => before.Contains(member.User.Id) && member.ErrorOf(done.Group.Id) is not null).ToList();
        var updater = new UserLicenseUpdater(_operation, _view.CustomerId, service, usageLocation: null);
        foreach (var batch in Batches.Of(failed, service.BatchSize))
        {
            var results = await updater.UpdateAsync([.. batch.Select(member => Direct(member, done.Update.Targets, done.Transfer.ExcludedIn, isBack: false))], cancellationToken).ConfigureAwait(false);
            var unplaced = batch.Zip(results, (member, result) => (Member: member, Result: result)).Where(pair => pair.Result.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved)).ToList();
            foreach (var member in batch)
            {
                ends[member.User.Id] = (UserMoveOutcome.Moved, $"The group could not assign the new license ({member.ErrorOf(done.Group.Id)}), so it is assigned directly.");
            }

            var returns = await updater.UpdateAsync([.. unplaced.Select(pair => Direct(pair.Member, done.Update.Remove, done.Group.SwitchedOffIn, isBack: true))], cancellationToken).ConfigureAwait(false);
            foreach (var (pair, result) in unplaced.Zip(returns, (pair, result) => (pair, result)))
            {
                var isBack = result.Outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved;
                var (outcome, reason) = isBack
                    ? (pair.Result.Outcome, LicenseRefusal.OfGroupError(pair.Member.ErrorOf(done.Group.Id)!, pair.Result.Reason))
                    : (UserMoveOutcome.Failed, $"The user has neither license: {pair.Result.Reason} {result.Reason}");
                ends[pair.Member.User.Id] = (outcome, reason);
                await updater.RecordAsync(Direct(pair.Member, done.Update.Targets, done.Transfer.ExcludedIn, isBack: false), outcome, reason, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var member in failed)
        {
            _operation.Observer.Warning($"{member.User.Name}: {ends[member.User.Id].Reason}");
        }

        return ends;

        LicenseUpdate Direct(LicenseHolder member, IReadOnlyList<SkuId> skuIds, Func<SkuId, IReadOnlyList<ServicePlanId>> off, bool isBack) => new()
        {
            Holder = member,
            Assign = [.. skuIds.Where(skuId => !member.Holds(skuId)).Select(skuId => new KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>(skuId, off(skuId)))],
            Remove = [],
            Sources = done.Update.Sources,
            SwitchedOff = done.Transfer.SwitchedOff,
            SwitchedOffBySku = done.Update.SwitchedOffBySku,
            IsBack = isBack,
        };
    }

    // In a plan all follow.
    private void Record(GroupSwitch done, IReadOnlyList<LicenseHolder> members, Dictionary<UserId, (UserMoveOutcome Outcome, string Reason)> failed)
    {
        var now = members.ToDictionary(member => member.User.Id);
        var former = new HashSet<UserId>(done.Members.Select(member => member.User.Id));
        foreach (var exit in done.Exits)
        {
            foreach (var holder in exit.Pool.Holders.Where(holder => former.Contains(holder.User.Id) && now.ContainsKey(holder.User.Id)).ToList())
            {
                var member = now[holder.User.Id];
                if (failed.TryGetValue(member.User.Id, out var end))
                {
                    exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, end.Outcome, end.Reason, done.Transfer));
                }
                else if (_planOnly || !member.Holds(exit.Pool.SourceSkuId))
                {
                    exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, UserMoveOutcome.Moved, Reason: null, done.Transfer));
                }
                else
                {
                    exit.Pool.Replace(member);
                }
            }
        }
    }

    private static void NoteAlreadyMoved(IReadOnlyList<SourcePool> plans, IReadOnlyList<LicenseHolder> members)
    {
        foreach (var plan in plans)
        {
            foreach (var member in members.Where(member => plan.Holders.Any(holder => holder.User.Id.Is(member.User.Id))))
            {
                if (member.Holds(plan.SourceSkuId))
                {
                    plan.Replace(member);
                }
                else
                {
                    var target = plan.TargetSkuIds.Known().FirstOrNull(member.Holds);
                    plan.Record(member, target is null
                        ? new MoveResult(plan.TargetSkuIds[0], UserMoveOutcome.Skipped, "The user no longer holds the license.", ServicePlanTransfer.Unknown)
                        : new MoveResult(target, UserMoveOutcome.AlreadyMoved, Reason: null, ServicePlanTransfer.Unknown));
                }
            }
        }
    }

    // A run that was killed knows what it sent, and not what the service made of it: the group shows it.
    private async Task SettleOpenAsync(GroupLicenses groups, IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        var open = plans.SelectMany(plan => plan.SourceKeys).SelectMany(source => _operation.Journal.View.OpenGroups(_view.CustomerId, source))
            .GroupBy(entry => entry.GroupId!.Value).ToList();
        foreach (var entries in open)
        {
            var entry = entries.Last();
            if (await groups.FindAsync(entries.Key, cancellationToken).ConfigureAwait(false) is { } group && entry.ToSkuIds.All(group.Assigns) && !entry.FromSkuIds.Any(group.Assigns))
            {
                await _operation.Journal.AppendAsync(entry.Settled(_operation.Time.GetUtcNow(), done: true, reason: null), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Who leaves which pool with a group, and who needs a seat of which target: a user in several groups counts once.
    private sealed class Leaving
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
}
