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

namespace CspMigration.Core.Licenses;

/// <summary>
/// Sees exchanges of groups' licenses to their end: waits for the members, looks after those to whom a group could not assign its licenses, and
/// notes with the pools and in the journal who was moved (docs/rules.md, rule 31).
/// </summary>
internal sealed class GroupSwitchFinisher
{
    // For so long a group may not show yet what was sent.
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(15);

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly TimeSpan _timeout;
    private readonly List<GroupId> _finished = [];
    private readonly HashSet<UserId> _moved = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="timeout">How long to wait for the members of a group at most.</param>
    public GroupSwitchFinisher(MigrationOperation operation, CustomerView view, TimeSpan timeout)
    {
        _operation = operation;
        _view = view;
        _timeout = timeout;
    }

    /// <summary>The groups whose members have followed.</summary>
    public IReadOnlyList<GroupId> Finished => _finished;

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
        var made = new List<(GroupIntended Entry, LicenseGroup Group, GroupExchange Exchange)>();
        foreach (var entry in open)
        {
            if (await FindMadeAsync(groups, updater, entry, cancellationToken).ConfigureAwait(false) is { } group)
            {
                made.Add((entry, group, ExchangeOf(entry, group, plans)));
            }
        }

        var followings = await Task.WhenAll(made.Select(open => TryFollowAsync(
            service, groups, open.Group, open.Entry.FromSkuIds, [.. open.Exchange.Skus.Select(skus => skus.Value).Distinct()], open.Exchange, cancellationToken))).ConfigureAwait(false);
        foreach (var ((entry, group, exchange), (following, _)) in made.Zip(followings, (one, other) => (one, other)))
        {
            if (following is not null)
            {
                _finished.Add(group.Id);
                await SettleOpenAsync(updater, entry, exchange, following, plans, cancellationToken).ConfigureAwait(false);
            }
        }

        return followings.Select(ended => ended.Failure).FirstOrDefault(failure => failure is not null) is { } first ? throw first : true;
    }

    /// <summary>Finishes exchanges that have been sent, each to its end, whatever becomes of another.</summary>
    /// <param name="service">The service for the customer's licenses.</param>
    /// <param name="groups">The customer's groups.</param>
    /// <param name="sent">The exchanges.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first failure; null where there is none.</returns>
    public async Task<CspMigrationException?> TryFinishAsync(ILicenseService service, GroupLicenses groups, IReadOnlyList<GroupSwitch> sent, CancellationToken cancellationToken)
    {
        var updater = new GroupLicenseUpdater(_operation, _view.CustomerId, groups);
        var followings = await Task.WhenAll(sent.Select(done => TryFollowAsync(
            service, groups, done.Group, done.Update.Remove, done.Update.Targets, done.Exchange, cancellationToken))).ConfigureAwait(false);
        CspMigrationException? failure = null;
        foreach (var (done, (following, error)) in sent.Zip(followings, (one, other) => (one, other)))
        {
            failure ??= error;
            if (following is null)
            {
                continue;
            }

            _finished.Add(done.Group.Id);
            try
            {
                var moved = await RecordAsync(service, done, following.Members, following.Direct, cancellationToken).ConfigureAwait(false);
                await SettleAsync(following.Direct, ids => updater.SettleAsync(done.Update, ids, cancellationToken), moved).ConfigureAwait(false);
            }
            catch (CspMigrationException e)
            {
                failure ??= e;
            }
        }

        return failure;
    }

    /// <summary>Waits for the members of groups that someone else, or an earlier run, has exchanged.</summary>
    /// <param name="service">The service for the customer's licenses.</param>
    /// <param name="groups">The customer's groups.</param>
    /// <param name="underWay">The groups.</param>
    /// <param name="plans">The pools.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>.</exception>
    public async Task AwaitAsync(ILicenseService service, GroupLicenses groups, IReadOnlyList<LicenseGroup> underWay, IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        var followings = await Task.WhenAll(underWay.Select(group => TryFollowAsync(
            service, groups, group, [.. plans.Select(plan => plan.SourceSkuId)], to: [], exchange: null, cancellationToken))).ConfigureAwait(false);
        foreach (var (group, (following, error)) in underWay.Zip(followings, (one, other) => (one, other)))
        {
            _finished.Add(group.Id);
            RecordAlreadyMoved(plans, following?.Members ?? throw error!);
        }
    }

    // Only the group shows what the service made of an exchange; what was not made is planned again.
    private async Task<LicenseGroup?> FindMadeAsync(GroupLicenses groups, GroupLicenseUpdater updater, GroupIntended entry, CancellationToken cancellationToken)
    {
        var group = await groups.FindAsync(entry.GroupId!.Value, cancellationToken).ConfigureAwait(false);
        if (group is not null && entry.ToSkuIds.All(group.Assigns) && !entry.FromSkuIds.Any(group.Assigns))
        {
            return group;
        }

        if (_operation.Time.GetUtcNow() - entry.At > LongestLag && (group is not null || await groups.IsGoneAsync(entry.GroupId!.Value, cancellationToken).ConfigureAwait(false)))
        {
            await updater.CloseAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task SettleOpenAsync(
        GroupLicenseUpdater updater, GroupIntended entry, GroupExchange exchange, GroupFollowing following, IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        var (members, direct) = following;
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

    // Several are followed at once: a member whom one group has failed does not wait for the members of another.
    private async Task<(GroupFollowing? Following, CspMigrationException? Failure)> TryFollowAsync(
        ILicenseService service, GroupLicenses groups, LicenseGroup group, IReadOnlyCollection<SkuId> from, IReadOnlyCollection<SkuId> to, GroupExchange? exchange, CancellationToken cancellationToken)
    {
        try
        {
            return (await new GroupFollower(_operation, _view.CustomerId, service, groups).FollowAsync(group, from, to, exchange, _timeout, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CspMigrationException e)
        {
            return (null, e);
        }
    }

    // An exchange is done when no member lacks a license. Who got it directly is in the journal already, as is who was moved with another group.
    private Task SettleAsync(IReadOnlyDictionary<UserId, DirectAssignment> direct, Func<IReadOnlyCollection<UserId>, Task> settleAsync, IReadOnlyList<LicenseHolder> moved)
    {
        return direct.Values.Any(end => end.LacksLicense) ? Task.CompletedTask
            : settleAsync([.. moved.Select(member => member.User.Id).Where(userId => !direct.ContainsKey(userId) && _moved.Add(userId))]);
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
