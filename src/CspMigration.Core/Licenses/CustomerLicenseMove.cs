using System;
using System.Collections.Concurrent;
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
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Moves the licenses of one customer, for all its rows together: each user gets a single update, whatever the number of
/// sources they leave.
/// </summary>
internal sealed class CustomerLicenseMove
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly LicenseMoveProgress _progress;
    private readonly IReadOnlyList<TargetSubscription> _targets;
    private readonly List<TargetSubscription> _moving;
    private readonly bool _planOnly;
    private readonly List<Wildcard> _wanted;
    private readonly GroupSwitches _groups;
    private List<SourcePool> _plans = [];
    private IReadOnlyList<LicenseHolder> _users = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Counts what is done.</param>
    /// <param name="targets">All of the customer's targets.</param>
    /// <param name="groups">The groups that were confirmed, each with the directory SKU it loses and its number of members.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public CustomerLicenseMove(
        MigrationOperation operation,
        CustomerView view,
        LicenseMoveOptions options,
        LicenseMoveProgress progress,
        IReadOnlyList<TargetSubscription> targets,
        IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> groups,
        bool planOnly)
    {
        _groups = new GroupSwitches(operation, view, options, groups, planOnly);
        _operation = operation;
        _view = view;
        _options = options;
        _progress = progress;
        _targets = targets;
        _moving = [.. targets.Where(target => target.LicenseMoveNeeded)];
        _planOnly = planOnly;
        _wanted = [.. options.Users.Select(name => new Wildcard(name))];
    }

    /// <summary>What went wrong beside the users, each of whom has an outcome of their own.</summary>
    public IReadOnlyList<CspMigrationException> Problems => _groups.Problems;

    /// <summary>Whether any license has to change.</summary>
    public bool IsNeeded => _moving.Count > 0;

    /// <summary>Waits for the seats, and reads who holds what.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var target in _targets.Where(target => target is { SourceId: not null, SourceSku: not null } && !InPlaceMoves.IsInPlace(target)))
        {
            _view.KeepSkuId(target.SourceId!.Value, target.SourceSku!.Value);
        }

        await FindHoldersAsync(cancellationToken).ConfigureAwait(false);
        WarnOfUnmatchedUsers(_plans, _users);
    }

    /// <summary>Counts the units once more, right before the moves: who is to be moved follows from them.</summary>
    public async Task CountAgainAsync(CancellationToken cancellationToken)
    {
        if (!IsNeeded)
        {
            return;
        }

        _view.Changed();
        var plans = await PlanPoolsAsync(cancellationToken).ConfigureAwait(false);
        if (plans.Exists(plan => plan.Expected != _plans.Find(known => known.SourceSkuId.Is(plan.SourceSkuId))?.Expected))
        {
            _users = await ReadHoldersAsync(plans, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            plans.ForEach(plan => plan.Choose(_users, _wanted, givesUsageLocation: _options.UsageLocation is not null));
        }

        _plans = plans;
    }

    /// <summary>Moves, or in a plan counts, those who have been read.</summary>
    public async Task<IReadOnlyList<LicenseMove>> RunAsync(CancellationToken cancellationToken)
    {
        if (!_planOnly)
        {
            await new UnsettledMoves(_operation, _view.CustomerId, _options.UsersAtOnce).SettleAsync(_plans, cancellationToken).ConfigureAwait(false);
        }

        var moves = await MoveAsync(cancellationToken).ConfigureAwait(false);
        if (!_planOnly && moves > 0)
        {
            _view.Changed();
            await FindStillHoldingAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. _targets.Select(target => _plans.Find(plan => plan.Targets.Contains(target)) is { } plan
            ? Describe(target, plan, _users)
            : Describe(target, [], remaining: 0))];
    }

    // A service that knows no groups removes the direct license of a user who has it from a group too, and calls that done: the units show it.
    private async Task FindStillHoldingAsync(CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not null)
        {
            return;
        }

        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        foreach (var plan in _plans)
        {
            var moved = plan.Holders.Where(holder => plan.ResultOf(holder) is { Outcome: UserMoveOutcome.Moved }).ToList();
            if (moved.Count == 0 || LicensePool.Of(skus, plan.SourceSkuId) is not { IsKnown: true } pool)
            {
                continue;
            }

            var unexplained = pool.Consumed - (plan.NumberOfHolders + plan.Arrived - moved.Count);
            if (unexplained > 0)
            {
                await FindStillHoldingAsync(service, plan, moved, unexplained, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The units may be late, too: what each user holds decides.
    private async Task FindStillHoldingAsync(ILicenseService service, SourcePool plan, List<LicenseHolder> moved, int expected, CancellationToken cancellationToken)
    {
        var found = new ConcurrentQueue<LicenseHolder>();
        await Concurrently.ForEachAsync(
            Batches.Of(moved, service.BatchSize),
            _options.UsersAtOnce,
            async (batch, token) =>
            {
                if (found.Count >= expected)
                {
                    return;
                }

                foreach (var reading in await service.ReadAsync([.. batch.Select(holder => holder.User)], token).ConfigureAwait(false))
                {
                    if (reading.Holder is { } holder && holder.Holds(plan.SourceSkuId))
                    {
                        found.Enqueue(holder);
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (found.IsEmpty)
        {
            return;
        }

        var (outcome, reason) = LicenseRefusal.OfUnseenGroup();
        foreach (var holder in found)
        {
            plan.Record(holder, plan.ResultOf(holder)! with { Outcome = outcome, Reason = reason });
        }

        var names = Enumeration.OfSome(found.Select(holder => holder.User.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase));
        _operation.Observer.Warning(
            $"{plan.CustomerName}: {Enumeration.Count(found.Count, "user", "still holds", "still hold")} {plan.SourceName} after the direct license was replaced, from a group that Partner Center does not show: {names}. {Remedies.SeeGroups()}");
    }

    // The reading ends with the last holder: who has been moved before may not be among the users read.
    private void WarnOfUnmatchedUsers(List<SourcePool> plans, IReadOnlyList<LicenseHolder> users)
    {
        foreach (var name in _wanted.Where(name => users.Count > 0 && !users.Any(user => SourcePool.IsMeant(user, name))))
        {
            _operation.Observer.Warning($"{plans[0].CustomerName}: no holder of {string.Join(" or ", plans.Select(plan => plan.SourceName))} matches \"{name.Text}\". The user may already be moved.");
        }
    }

    // The holders are read while the seats are on their way, and once more where those took long.
    private async Task FindHoldersAsync(CancellationToken cancellationToken)
    {
        var readAt = _operation.Time.GetTimestamp();
        await Concurrently.AllAsync(cancellationToken, token => _planOnly ? Task.CompletedTask : WaitForSeatsAsync(_targets, token), ReadAsync).ConfigureAwait(false);
        if (_operation.Time.GetElapsedTime(readAt) > LicenseHolder.Fresh)
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        async Task ReadAsync(CancellationToken token)
        {
            _plans = await PlanPoolsAsync(token).ConfigureAwait(false);
            _users = await ReadHoldersAsync(_plans, token).ConfigureAwait(false);
            readAt = _operation.Time.GetTimestamp();
        }
    }

    // Where no user moves, the source's users need the new seats all the same: the sources are about to go.
    private Task WaitForSeatsAsync(IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var others = targets.Where(target => !target.TargetId.Is(target.SourceId));
        var subscriptionIds = new HashSet<SubscriptionId>(others.Select(target => target.TargetId).Known());
        return new SeatWaiter(_operation).WaitAsync(_view, subscriptionIds, _options.ProvisioningTimeout, cancellationToken);
    }

    private async Task<List<SourcePool>> PlanPoolsAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded)
        {
            await _view.ReadSeatsAheadAsync(cancellationToken).ConfigureAwait(false);
        }

        var plans = new List<SourcePool>();
        foreach (var pool in _moving.GroupBy(target => target.SourceSku))
        {
            if (pool.Key is not { } sourceSku)
            {
                throw ErrorCatalog.HoldersUnknown.Exception("The service does not say which SKU the source belongs to, so its users cannot be counted.", _view.CustomerId, pool.First().SourceId);
            }

            if (pool.Any(target => target.SkuId is null && !_planOnly))
            {
                throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service does not say which SKU the target belongs to.", _view.CustomerId, pool.First().SourceId);
            }

            // The seats of what was changed in place have left the pool already.
            var sources = _targets.Where(target => target.SourceSku.Is(sourceSku) && !InPlaceMoves.IsInPlace(target)).Select(target => target.SourceId).Known().Select(id => (SourceKey)id).ToList();
            var seatsElsewhere = pool.Where(target => target.SourceSubscriptionId is null).Sum(target => target.Source?.Quantity ?? 0);
            var seatsGoing = await CustomerFacts.SeatsGoingAsync(_view, sourceSku, sources, cancellationToken).ConfigureAwait(false);
            plans.Add(new SourcePool(sourceSku, [.. pool], await HolderCount.ReadAsync(_view, sourceSku, seatsGoing + seatsElsewhere, cancellationToken).ConfigureAwait(false)));
        }

        return plans;
    }

    private async Task<IReadOnlyList<LicenseHolder>> ReadHoldersAsync(List<SourcePool> plans, CancellationToken cancellationToken)
    {
        var expected = plans.ToDictionary(plan => plan.SourceSkuId, plan => plan.Expected);
        var users = await new HolderSearch(_operation, _options.UsersAtOnce, _progress.Read).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        foreach (var plan in plans)
        {
            plan.Choose(users, _wanted, givesUsageLocation: _options.UsageLocation is not null);
            _operation.Observer.Verbose(
                $"{plan.CustomerName}, {plan.SourceName}: {Math.Min(plan.Needed, plan.Candidates.Count)} of {plan.NumberOfHolders} users move to {plan.TargetName}; {plan.UnitsStaying} units stay.");
        }

        return users;
    }

    // In rounds: whoever cannot be moved leaves the turn to another.
    private async Task<int> MoveAsync(CancellationToken cancellationToken)
    {
        var usageLocation = await UsageLocationAsync(cancellationToken).ConfigureAwait(false);
        if (!_planOnly && IsNeeded && await _groups.FinishOpenAsync(_plans, cancellationToken).ConfigureAwait(false))
        {
            _view.Changed();
        }

        var seats = _options.GroupLicense == GroupLicenseChoice.Switch && IsNeeded ? await _groups.RunAsync(_plans, CountSeatsAsync, usageLocation, cancellationToken).ConfigureAwait(false) : null;
        seats ??= await CountSeatsAsync(cancellationToken).ConfigureAwait(false);
        var forecast = new MoveForecast(usageLocation, seats.Copy());
        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        var updater = new UserLicenseUpdater(_operation, _view.CustomerId, service, usageLocation);
        var queue = new MoveQueue(_plans, seats, await _view.SkusAsync(cancellationToken).ConfigureAwait(false), _groups.Switched);
        var count = 0;
        for (var moves = queue.Next(); moves.Count > 0; moves = queue.Next())
        {
            count += moves.Count;
            if (!_planOnly)
            {
                await UpdateAsync([.. moves.Where(move => !move.IsKnownToFail)], service.BatchSize, updater, queue, cancellationToken).ConfigureAwait(false);
            }

            foreach (var move in moves.Where(move => _planOnly || move.IsKnownToFail))
            {
                var (outcome, reason) = move.LacksSeat ? LicenseRefusal.OfNoLastingSeat()
                    : move.IsGroupHeld ? LicenseRefusal.OfGroup(move.Groups, _groups.ReasonFor(move.Groups))
                    : forecast.Of(move);
                if (!_planOnly && move.IsGroupHeld)
                {
                    await updater.RecordAsync(move.Update, outcome, reason, cancellationToken).ConfigureAwait(false);
                }

                queue.Record(move, outcome, reason);
                ReportOutcome(move, outcome, reason);
            }
        }

        return count;

        Task<TargetSeats> CountSeatsAsync(CancellationToken token) => TargetSeats.ReadAsync(_operation, _view, _targets, _planOnly, token);
    }

    private async Task UpdateAsync(IReadOnlyList<UserMove> moves, int batchSize, UserLicenseUpdater updater, MoveQueue queue, CancellationToken cancellationToken)
    {
        var results = new ConcurrentQueue<(UserMove Move, UserMoveOutcome Outcome, string? Reason)>();
        _progress.Moved.Expect(moves.Count);
        await Concurrently.ForEachAsync(
            Batches.Of(moves, batchSize),
            _options.UsersAtOnce,
            async (batch, token) =>
            {
                var ends = await updater.UpdateAsync([.. batch.Select(move => move.Update)], token).ConfigureAwait(false);
                foreach (var (move, (outcome, reason)) in batch.Zip(ends, (move, end) => (move, end)))
                {
                    results.Enqueue((move, outcome, reason));
                    if (outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved)
                    {
                        _operation.Session.Seen.RecordMove(move.Holder.User);
                    }
                    else
                    {
                        _operation.Session.Seen.Record(move.Holder.User);
                    }

                    ReportOutcome(move, outcome, reason);
                    _progress.Moved.Advance();
                }
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (move, outcome, reason) in results)
        {
            queue.Record(move, outcome, reason);
        }
    }

    private void ReportOutcome(UserMove move, UserMoveOutcome outcome, string? reason)
    {
        var lost = outcome == UserMoveOutcome.Moved && move.Transfer.Lost.Count > 0 ? $" The new license has no {string.Join(", ", move.Transfer.Lost)} to keep switched off." : "";
        _operation.Observer.Verbose($"{move.Exits[0].Pool.CustomerName}, {move.Holder.User.UserPrincipalName}: {outcome}. {reason}".TrimEnd() + lost);
    }

    private async Task<string?> UsageLocationAsync(CancellationToken cancellationToken)
    {
        return string.Equals(_options.UsageLocation, LicenseMoveOptions.CustomerCountry, StringComparison.OrdinalIgnoreCase)
            ? (await _view.CustomerAsync(cancellationToken).ConfigureAwait(false)).Country
            : _options.UsageLocation;
    }

    // The users of a pool cannot be told apart by source: the first of its rows lists all who go to the same target, and the very first
    // who go nowhere.
    private LicenseMove Describe(TargetSubscription target, SourcePool plan, IReadOnlyList<LicenseHolder> users)
    {
        var rows = new List<UserLicenseMove>();
        if (target == plan.Targets.First(other => SourcePool.IsSameOrUnknown(other.TargetSku, target.TargetSku)))
        {
            rows.AddRange(plan.Holders
                .Where(holder => plan.ResultOf(holder) is { TargetSkuId: { } skuId } ? skuId.Is(target.TargetSku) : target == plan.Targets[0])
                .Select(holder => DescribeHolder(holder, plan)));
            rows.AddRange(users
                .Where(user => !user.Holds(plan.SourceSkuId) && target.TargetSku is { } targetSku && user.Holds(targetSku) && plan.ResultOf(user) is null)
                .Select(user => Describe(user.User, UserMoveOutcome.AlreadyMoved)));
        }

        return Describe(target, [.. rows.OrderBy(row => row.UserPrincipalName, StringComparer.OrdinalIgnoreCase)], plan.Remaining);
    }

    private static UserLicenseMove DescribeHolder(LicenseHolder holder, SourcePool plan)
    {
        if (plan.ResultOf(holder) is not { } result)
        {
            return Describe(holder.User, UserMoveOutcome.Skipped) with { Reason = "Left on the old license: not asked for, or the remaining units suffice." };
        }

        var moved = Describe(holder.User, result.Outcome) with { Reason = result.Reason };
        return result.Outcome == UserMoveOutcome.Moved ? moved with { ExcludedPlans = [.. result.Transfer.Excluded.Select(plan => plan.ToString())], LostPlans = result.Transfer.Lost } : moved;
    }

    private static UserLicenseMove Describe(User user, UserMoveOutcome outcome)
    {
        return new UserLicenseMove { UserId = user.Id.ToString(), UserPrincipalName = user.UserPrincipalName, Outcome = outcome };
    }

    private LicenseMove Describe(TargetSubscription target, IReadOnlyList<UserLicenseMove> users, int remaining)
    {
        return new LicenseMove
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = target.CustomerId,
            CustomerName = target.CustomerName,
            SourceSubscriptionId = target.SourceSubscriptionId,
            TargetSubscriptionId = target.TargetSubscriptionId,
            SourceSkuId = target.SourceSkuId,
            SourcesOfSku = [.. _targets.Where(other => other.SourceSku.Is(target.SourceSku)).Select(other => other.SourceSubscriptionId).OfType<string>()],
            TargetSkuId = target.SkuId,
            Moved = users.Count(user => user.Outcome == UserMoveOutcome.Moved),
            AlreadyMoved = users.Count(user => user.Outcome == UserMoveOutcome.AlreadyMoved),
            Skipped = users.Count(user => user.Outcome == UserMoveOutcome.Skipped),
            Failed = users.Count(user => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved or UserMoveOutcome.Skipped)),
            Remaining = remaining,
            IsComplete = remaining == 0,
            IsPlanned = _planOnly,
            Users = users,
            Target = target,
        };
    }
}
