using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Exchanges the licenses of the groups that assign what a customer's users leave (docs/rules.md, rule 31), before the users are moved who
/// hold it directly. What cannot be exchanged as a whole is left as it is, with the reason.
/// </summary>
internal sealed class GroupSwitches
{
    // For so long a group may not show yet what was sent.
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(15);

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> _confirmed;
    private readonly bool _planOnly;
    private readonly Dictionary<GroupId, GroupObstacle> _obstacles = [];
    private readonly List<GroupId> _switched = [];
    private readonly List<CspMigrationException> _problems = [];
    private readonly HashSet<UserId> _moved = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="confirmed">The groups that were confirmed, each with the directory SKU it loses and its number of members.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public GroupSwitches(MigrationOperation operation, CustomerView view, LicenseMoveOptions options, IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> confirmed, bool planOnly)
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

    /// <summary>
    /// Finishes what an earlier command has sent and did not see to its end, also where groups are no longer to be exchanged: members to whom
    /// a group could not assign the new license have none until then.
    /// </summary>
    /// <param name="plans">The pools.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether who holds what may have changed.</returns>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: members have not followed in time; what the service refuses for the customer.</exception>
    public async Task<bool> FinishOpenAsync(IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        var open = plans.SelectMany(plan => plan.SourceKeys).SelectMany(source => _operation.Journal.View.OpenGroups(_view.CustomerId, source))
            .GroupBy(entry => entry.GroupId!.Value).Select(entries => entries.Last()).ToList();
        if (open.Count == 0)
        {
            return false;
        }

        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            return false;
        }

        var updater = new GroupLicenseUpdater(_operation, _view.CustomerId, groups);
        foreach (var entry in open)
        {
            await FinishOpenAsync(service, groups, updater, entry, plans, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task FinishOpenAsync(
        ILicenseService service, GroupLicenses groups, GroupLicenseUpdater updater, GroupIntended entry, IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        // Only the group shows what the service made of it; what was not made is planned again.
        var group = await groups.FindAsync(entry.GroupId!.Value, cancellationToken).ConfigureAwait(false);
        if (group is null || !entry.ToSkuIds.All(group.Assigns) || entry.FromSkuIds.Any(group.Assigns))
        {
            if (_operation.Time.GetUtcNow() - entry.At > LongestLag && (group is not null || await groups.IsGoneAsync(entry.GroupId!.Value, cancellationToken).ConfigureAwait(false)))
            {
                await updater.CloseAsync(entry, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        var exchange = ExchangeOf(entry, group, plans);
        var (members, direct) = await FollowAsync(service, groups, group, entry.FromSkuIds, [.. exchange.Skus.Select(skus => skus.Value).Distinct()], exchange, cancellationToken).ConfigureAwait(false);
        var known = new HashSet<UserId>(entry.UserIds ?? []);
        RecordAlreadyMoved(plans, members);
        foreach (var plan in plans)
        {
            // Who had followed before the holders were read is among the members alone.
            foreach (var skus in exchange.Skus.Where(skus => plan.SourceSkuId.Is(skus.Key)))
            {
                foreach (var member in members.Where(member => known.Contains(member.User.Id) && !member.Holds(skus.Key) && member.Holds(skus.Value)))
                {
                    plan.Add(member, new MoveResult(skus.Value, UserMoveOutcome.AlreadyMoved, Reason: null, ServicePlanTransfer.Unknown));
                }
            }

            RecordDirect(plan, exchange, members, direct, ServicePlanTransfer.Unknown);
        }

        await SettleAsync(direct, moved => updater.SettleAsync(entry, moved, cancellationToken), [.. members.Where(member => known.Contains(member.User.Id) && !entry.FromSkuIds.Any(member.Holds))]).ConfigureAwait(false);
    }

    /// <summary>Exchanges what can be, waits for the members, and notes with the pools who has left them.</summary>
    /// <param name="plans">The pools.</param>
    /// <param name="countSeats">Counts the free seats of the targets.</param>
    /// <param name="usageLocation">What members without a usage location get; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The seats that are left for users; null where the service knows no groups.</returns>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: members have not followed in time; what the service refuses for the customer.</exception>
    public async Task<TargetSeats?> RunAsync(IReadOnlyList<SourcePool> plans, Func<CancellationToken, Task<TargetSeats>> countSeats, string? usageLocation, CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            return null;
        }

        var updater = new GroupLicenseUpdater(_operation, _view.CustomerId, groups);
        var (leaving, isChanged) = (new LeavingMembers(), false);
        var (sent, underWay) = (new List<GroupSwitch>(), new List<LicenseGroup>());
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var (seats, countedAt) = (await countSeats(cancellationToken).ConfigureAwait(false), _operation.Time.GetTimestamp());
        CspMigrationException? failure = null;
        try
        {
            foreach (var id in plans.SelectMany(plan => plan.Holders.SelectMany(holder => holder.GroupsOf(plan.SourceSkuId) ?? [])).Distinct().Where(id => !_switched.Contains(id)).OrderBy(id => id).ToList())
            {
                if (!_planOnly && _operation.Time.GetElapsedTime(countedAt) > service.Fresh)
                {
                    if (await TryFinishAsync(service, groups, updater, sent, cancellationToken).ConfigureAwait(false) is { } unfinished)
                    {
                        throw unfinished;
                    }

                    _view.Changed();
                    (seats, countedAt) = (await countSeats(cancellationToken).ConfigureAwait(false), _operation.Time.GetTimestamp());
                    leaving.ForgetSeats();
                }

                // What a group and its members are is read right before its exchange: that of another may take long.
                if (await PlanAsync(groups, id, plans, skus, leaving, seats, usageLocation is not null, underWay, cancellationToken).ConfigureAwait(false) is not { } planned)
                {
                    continue;
                }

                if (_planOnly)
                {
                    leaving.Add(planned, seats);
                    _switched.Add(id);
                    RecordPlanned(planned);
                    continue;
                }

                isChanged = true;
                if (await SendAsync(service, updater, planned, usageLocation, cancellationToken).ConfigureAwait(false))
                {
                    leaving.Add(planned, seats);
                    sent.Add(planned);
                }
            }
        }
        catch (CspMigrationException e)
        {
            failure = e;
        }

        // The members of those that were sent are not left without a license because of another.
        var later = await TryFinishAsync(service, groups, updater, sent, cancellationToken).ConfigureAwait(false);
        if ((failure ?? later) is { } first)
        {
            throw first;
        }

        // What members have by now is no part of a plan.
        foreach (var group in _planOnly ? [] : underWay)
        {
            var (members, _) = await FollowAsync(service, groups, group, [.. plans.Select(plan => plan.SourceSkuId)], to: [], exchange: null, cancellationToken).ConfigureAwait(false);
            RecordAlreadyMoved(plans, members);
        }

        if (_planOnly || (!isChanged && underWay.Count == 0))
        {
            return seats;
        }

        _view.Changed();
        return await countSeats(cancellationToken).ConfigureAwait(false);
    }

    private async Task<GroupSwitch?> PlanAsync(
        GroupLicenses groups,
        GroupId id,
        IReadOnlyList<SourcePool> plans,
        IReadOnlyList<SubscribedSku> skus,
        LeavingMembers leaving,
        TargetSeats seats,
        bool givesUsageLocation,
        List<LicenseGroup> underWay,
        CancellationToken cancellationToken)
    {
        if (await groups.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } group)
        {
            Refuse(plans, id, id.ToString(), GroupObstacle.Unreadable);
            return null;
        }

        var left = plans.Where(plan => group.Assigns(plan.SourceSkuId)).ToList();
        if (left.Count == 0)
        {
            // It was exchanged before, by someone else or an earlier run, and its members follow.
            underWay.Add(group);
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

        var planned = GroupSwitch.For(group, members, confirmed.ConvertAll(plan => new PoolExit(plan, leaving.ChooseTarget(plan, members, seats))), skus);
        if (FindObstacle(planned, givesUsageLocation, leaving, seats) is { } obstacle)
        {
            Refuse(confirmed, id, group.Name, obstacle);
            return null;
        }

        return planned;
    }

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

    private async Task<bool> SendAsync(ILicenseService service, GroupLicenseUpdater updater, GroupSwitch planned, string? usageLocation, CancellationToken cancellationToken)
    {
        if (usageLocation is not null)
        {
            // The service would give them the tenant's.
            foreach (var member in planned.Members.Where(member => member.User.UsageLocation is null))
            {
                try
                {
                    await service.SetUsageLocationAsync(member.User, usageLocation, cancellationToken).ConfigureAwait(false);
                }
                catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
                {
                    Refuse([.. planned.Exits.Select(exit => exit.Pool)], planned.Group.Id, planned.Group.Name, new GroupObstacle($"{member.User.Name} cannot be given a usage location. {e.Problem}", Remedies.SetLocations())
                    {
                        ProblemWithoutNames = $"{member.User.Id} cannot be given a usage location. {e.ProblemWithoutNames}",
                    });
                    return false;
                }
            }
        }

        if (await updater.SendAsync(planned.Update, isMade: false, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            Refuse([.. planned.Exits.Select(exit => exit.Pool)], planned.Group.Id, planned.Group.Name, GroupObstacle.Of(refusal, refusal.Remedy ?? ErrorCatalog.GroupNotSwitched.Remedy));
            return false;
        }

        _operation.Observer.Verbose($"The license of the group {planned.Group.Name} ({planned.Group.Id}) has been switched; its {Enumeration.Count(planned.Update.Members.Count, "member")} follow.");
        return true;
    }

    // Each to its end, whatever becomes of another; the first failure.
    private async Task<CspMigrationException?> TryFinishAsync(ILicenseService service, GroupLicenses groups, GroupLicenseUpdater updater, List<GroupSwitch> sent, CancellationToken cancellationToken)
    {
        CspMigrationException? failure = null;
        foreach (var done in sent)
        {
            try
            {
                var (members, direct) = await FollowAsync(service, groups, done.Group, done.Update.Remove, done.Update.Targets, done.Exchange, cancellationToken).ConfigureAwait(false);
                var moved = await RecordAsync(service, done, members, direct, cancellationToken).ConfigureAwait(false);
                await SettleAsync(direct, ids => updater.SettleAsync(done.Update, ids, cancellationToken), moved).ConfigureAwait(false);
            }
            catch (CspMigrationException e)
            {
                failure ??= e;
            }
        }

        sent.Clear();
        return failure;
    }

    private async Task<GroupFollowing> FollowAsync(
        ILicenseService service, GroupLicenses groups, LicenseGroup group, IReadOnlyCollection<SkuId> from, IReadOnlyCollection<SkuId> to, GroupExchange? exchange, CancellationToken cancellationToken)
    {
        var following = await new GroupFollower(_operation, _view.CustomerId, service, groups).FollowAsync(group, from, to, exchange, _options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        _switched.Add(group.Id);
        return following;
    }

    // An exchange is done when no member lacks a license. Who got it directly is in the journal already, as is who was moved with another group.
    private Task SettleAsync(IReadOnlyDictionary<UserId, DirectAssignment> direct, Func<IReadOnlyCollection<UserId>, Task> settleAsync, IReadOnlyList<LicenseHolder> moved)
    {
        return direct.Values.Any(end => end.LacksLicense) ? Task.CompletedTask
            : settleAsync([.. moved.Select(member => member.User.Id).Where(userId => !direct.ContainsKey(userId) && _moved.Add(userId))]);
    }

    // All follow.
    private static void RecordPlanned(GroupSwitch planned)
    {
        var members = new HashSet<UserId>(planned.Members.Select(member => member.User.Id));
        foreach (var exit in planned.Exits)
        {
            foreach (var holder in exit.Pool.Holders.Where(holder => members.Contains(holder.User.Id)))
            {
                exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, UserMoveOutcome.Moved, Reason: null, planned.Transfer));
            }
        }
    }

    // The members who were moved with the group, as the pools' own users are.
    private static async Task<IReadOnlyList<LicenseHolder>> RecordAsync(
        ILicenseService service, GroupSwitch done, IReadOnlyList<LicenseHolder> members, IReadOnlyDictionary<UserId, DirectAssignment> direct, CancellationToken cancellationToken)
    {
        var now = members.ToDictionary(member => member.User.Id);
        var moved = new List<LicenseHolder>();
        foreach (var exit in done.Exits)
        {
            foreach (var holder in exit.Pool.Holders.Where(holder => now.ContainsKey(holder.User.Id)).ToList())
            {
                var member = now[holder.User.Id];
                if (!member.Holds(exit.Pool.SourceSkuId))
                {
                    exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, UserMoveOutcome.Moved, Reason: null, done.Transfer));
                    moved.Add(member);
                    continue;
                }

                exit.Pool.Replace(member);
                if (member.ErrorOf(done.Group.Id, exit.Pool.SourceSkuId) is { } error)
                {
                    var (outcome, reason) = LicenseRefusal.OfGroup([done.Group.Id], $"The service could not take it from the user ({error}). {Remedies.FixGroupErrors()}");
                    exit.Pool.Record(member, new MoveResult(exit.TargetSkuId, outcome, reason, done.Transfer));
                }
            }

            RecordDirect(exit.Pool, done.Exchange, members, direct, done.Transfer);
        }

        await RecordFormerMembersAsync(service, done, now, cancellationToken).ConfigureAwait(false);
        return moved;
    }

    // Who came to the group after the holders were read may be among them.
    private static void RecordDirect(
        SourcePool pool, GroupExchange exchange, IReadOnlyList<LicenseHolder> members, IReadOnlyDictionary<UserId, DirectAssignment> direct, ServicePlanTransfer transfer)
    {
        foreach (var skus in exchange.Skus.Where(skus => pool.SourceSkuId.Is(skus.Key)))
        {
            foreach (var member in members)
            {
                if (direct.TryGetValue(member.User.Id, out var end) && end.Lost.Contains(pool.SourceSkuId))
                {
                    pool.Add(member, new MoveResult(skus.Value, end.Outcome, end.Reason, transfer));
                }
            }
        }
    }

    // Who was a member when the holders were read, and is none by now, may have been deleted or hold the license no longer.
    private static async Task RecordFormerMembersAsync(ILicenseService service, GroupSwitch done, Dictionary<UserId, LicenseHolder> members, CancellationToken cancellationToken)
    {
        var pools = done.Exits.Select(exit => exit.Pool).ToList();
        var former = pools.SelectMany(pool => pool.Holders.Where(holder => pool.ResultOf(holder) is null && holder.HoldsFrom(done.Group.Id, pool.SourceSkuId)))
            .Where(holder => !members.ContainsKey(holder.User.Id)).GroupBy(holder => holder.User.Id).Select(same => same.First()).ToList();
        foreach (var batch in Batches.Of(former, service.BatchSize))
        {
            var readings = await service.ReadAsync([.. batch.Select(holder => holder.User)], cancellationToken).ConfigureAwait(false);
            foreach (var (holder, reading) in batch.Zip(readings, (holder, reading) => (holder, reading)).Where(pair => pair.reading.IsDeleted))
            {
                var (outcome, reason) = LicenseRefusal.OfDeletedUser();
                foreach (var exit in done.Exits.Where(exit => exit.Pool.Holders.Contains(holder)))
                {
                    exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, outcome, reason, done.Transfer));
                }
            }

            RecordAlreadyMoved(pools, [.. readings.Select(reading => reading.Holder).OfType<LicenseHolder>()]);
        }
    }

    private static void RecordAlreadyMoved(IReadOnlyList<SourcePool> plans, IReadOnlyList<LicenseHolder> members)
    {
        foreach (var plan in plans)
        {
            foreach (var member in members.Where(member => plan.Holders.Any(holder => holder.User.Id.Is(member.User.Id))).ToList())
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

    // What the journal has of it, with targets that the group assigned before all the same.
    private static GroupExchange ExchangeOf(GroupIntended entry, LicenseGroup group, IReadOnlyList<SourcePool> plans)
    {
        var skus = entry.FromSkuIds.Select(from => (From: from, To: plans.FirstOrDefault(plan => plan.SourceSkuId.Is(from))?.TargetSkuIds.Known().FirstOrNull(group.Assigns) ?? entry.ToSkuIds.FirstOrNull(group.Assigns)))
            .Where(pair => pair.To is not null).Select(pair => new KeyValuePair<SkuId, SkuId>(pair.From, pair.To!.Value)).ToList();
        return new GroupExchange
        {
            GroupId = group.Id,
            Skus = skus,
            Others = [.. group.SkuIds.Where(skuId => !skus.Exists(pair => pair.Value.Is(skuId)))],
            SwitchedOffBySku = group.SkuIds.Concat(entry.FromSkuIds).Distinct()
                .ToDictionary(skuId => skuId, skuId => group.Assigns(skuId) ? group.SwitchedOffIn(skuId) : entry.SwitchedOffPlansBySku.Of(skuId) ?? []),
            Sources = entry.Sources,
        };
    }
}
