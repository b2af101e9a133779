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
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> _confirmed;
    private readonly bool _planOnly;
    private readonly Dictionary<GroupId, GroupObstacle> _obstacles = [];
    private readonly List<GroupId> _switched = [];
    private readonly List<CspMigrationException> _problems = [];

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
            // Only the group shows what the service made of it; what was not made is planned again.
            if (await groups.FindAsync(entry.GroupId!.Value, cancellationToken).ConfigureAwait(false) is not { } group || !entry.ToSkuIds.All(group.Assigns) || entry.FromSkuIds.Any(group.Assigns))
            {
                continue;
            }

            var exchange = ExchangeOf(entry, group, plans);
            var (members, ends) = await FollowAsync(
                service, updater, group, entry.FromSkuIds, [.. exchange.Skus.Select(skus => skus.Value).Distinct()], exchange, () => updater.SettleAsync(entry, cancellationToken), cancellationToken).ConfigureAwait(false);
            RecordAlreadyMoved(plans, members);
            foreach (var member in members.Where(member => ends.ContainsKey(member.User.Id)))
            {
                var end = ends[member.User.Id];
                foreach (var (plan, skus) in exchange.Skus.Where(skus => exchange.HasLost(member, skus)).SelectMany(skus => plans.Where(plan => plan.SourceSkuId.Is(skus.Key)), (skus, plan) => (plan, skus)))
                {
                    plan.Add(member, new MoveResult(skus.Value, end.Outcome, end.Reason, ServicePlanTransfer.Unknown));
                }
            }
        }

        return true;
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
                    if (await TryFinishAsync(service, updater, sent, cancellationToken).ConfigureAwait(false) is { } unfinished)
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
        var later = await TryFinishAsync(service, updater, sent, cancellationToken).ConfigureAwait(false);
        if ((failure ?? later) is { } first)
        {
            throw first;
        }

        // What members have by now is no part of a plan.
        foreach (var group in _planOnly ? [] : underWay)
        {
            var members = await updater.WaitAsync(group, [.. plans.Select(plan => plan.SourceSkuId)], to: [], _options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
            _switched.Add(group.Id);
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

        _operation.Observer.Verbose($"The license of the group {planned.Group.Name} ({planned.Group.Id}) has been switched; its {Enumeration.Count(planned.Update.Members, "member")} follow.");
        return true;
    }

    // Each to its end, whatever becomes of another; the first failure.
    private async Task<CspMigrationException?> TryFinishAsync(ILicenseService service, GroupLicenseUpdater updater, List<GroupSwitch> sent, CancellationToken cancellationToken)
    {
        CspMigrationException? failure = null;
        foreach (var done in sent)
        {
            try
            {
                var (members, ends) = await FollowAsync(
                    service, updater, done.Group, done.Update.Remove, done.Update.Targets, done.Exchange, () => updater.SettleAsync(done.Update, cancellationToken), cancellationToken).ConfigureAwait(false);
                await RecordAsync(service, done, members, ends, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e)
            {
                failure ??= e;
            }
        }

        sent.Clear();
        return failure;
    }

    // Waits for the members of a group that was exchanged, and looks after those to whom it could not assign its licenses: written down as done
    // when none of them lacks one.
    private async Task<(IReadOnlyList<LicenseHolder> Members, IReadOnlyDictionary<UserId, DirectAssignment> Ends)> FollowAsync(
        ILicenseService service,
        GroupLicenseUpdater updater,
        LicenseGroup group,
        IReadOnlyCollection<SkuId> from,
        IReadOnlyCollection<SkuId> to,
        GroupExchange exchange,
        Func<Task> settleAsync,
        CancellationToken cancellationToken)
    {
        var members = await updater.WaitAsync(group, from, to, _options.ProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        _switched.Add(group.Id);
        var ends = await new DirectLicenseAssigner(_operation, _view.CustomerId, service).AssignAsync(exchange, members, cancellationToken).ConfigureAwait(false);
        if (!ends.Values.Any(end => end.LacksLicense))
        {
            await settleAsync().ConfigureAwait(false);
        }

        return (members, ends);
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

    private static async Task RecordAsync(
        ILicenseService service, GroupSwitch done, IReadOnlyList<LicenseHolder> members, IReadOnlyDictionary<UserId, DirectAssignment> ends, CancellationToken cancellationToken)
    {
        var now = members.ToDictionary(member => member.User.Id);
        var exchange = done.Exchange;
        foreach (var exit in done.Exits)
        {
            foreach (var holder in exit.Pool.Holders.Where(holder => now.ContainsKey(holder.User.Id)).ToList())
            {
                var member = now[holder.User.Id];
                if (member.Holds(exit.Pool.SourceSkuId))
                {
                    exit.Pool.Replace(member);
                    continue;
                }

                var end = exchange.HasLost(member, new KeyValuePair<SkuId, SkuId>(exit.Pool.SourceSkuId, exit.TargetSkuId!.Value)) ? ends[member.User.Id] : null;
                exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, end?.Outcome ?? UserMoveOutcome.Moved, end?.Reason, done.Transfer));
            }
        }

        await RecordFormerMembersAsync(service, done, now, cancellationToken).ConfigureAwait(false);
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
