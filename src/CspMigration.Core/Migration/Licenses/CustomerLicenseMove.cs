using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>
/// Moves the licences of one customer, for all its rows together: each user gets a single update, whatever the number of
/// sources they leave.
/// </summary>
internal sealed class CustomerLicenseMove
{
    // For so long what a user holds is taken to stay as it was read.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly LicenseMoveOptions _options;
    private readonly LicenseMoveProgress _progress;
    private readonly IReadOnlyList<TargetSubscription> _targets;
    private readonly List<TargetSubscription> _moving;
    private readonly bool _planOnly;
    private readonly List<Wildcard> _wanted;
    private List<LicensePlan> _plans = [];
    private IReadOnlyList<LicenseHolder> _users = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Counts what is done.</param>
    /// <param name="targets">All of the customer's targets.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public CustomerLicenseMove(
        MigrationOperation operation, CustomerView view, LicenseMoveOptions options, LicenseMoveProgress progress, IReadOnlyList<TargetSubscription> targets, bool planOnly)
    {
        _operation = operation;
        _view = view;
        _options = options;
        _progress = progress;
        _targets = targets;
        _moving = [.. targets.Where(target => target.LicenseMoveNeeded)];
        _planOnly = planOnly;
        _wanted = [.. options.Users.Select(name => new Wildcard(name))];
    }

    /// <summary>Whether any license has to change.</summary>
    public bool IsNeeded => _moving.Count > 0;

    /// <summary>Waits for the seats, and reads who holds what.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var target in _targets.Where(target => target is { SourceSubscriptionId: not null, SourceSkuId: not null }))
        {
            _view.KeepSkuId(target.SourceSubscriptionId!, target.SourceSkuId!);
        }

        await FindHoldersAsync(cancellationToken).ConfigureAwait(false);
        WarnOfNobody(_plans, _users);
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
        if (plans.Exists(plan => plan.Expected != _plans.Find(known => CustomerView.Same(known.SourceSkuId, plan.SourceSkuId))?.Expected))
        {
            _users = await ReadHoldersAsync(plans, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            plans.ForEach(plan => plan.Choose(_users, _wanted));
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

        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var moves = _users
            .Select(user => (User: user, Leaves: _plans.Where(plan => plan.Moving.Contains(user)).ToList()))
            .Where(pair => pair.Leaves.Count > 0)
            .Select(pair => UserMove.For(pair.User, pair.Leaves, skus))
            .ToList();
        var outcomes = _planOnly
            ? await ForeseeAsync(moves, _targets, cancellationToken).ConfigureAwait(false)
            : await UpdateAsync(moves, cancellationToken).ConfigureAwait(false);
        if (!_planOnly && moves.Count > 0)
        {
            _view.Changed();
        }

        return [.. _targets.Select(target => _plans.Find(plan => plan.Targets.Contains(target)) is { } plan
            ? Describe(target, plan, _users, outcomes)
            : Describe(target, [], remaining: 0))];
    }

    // The reading ends with the last holder: who has been moved before may not be among the users read.
    private void WarnOfNobody(List<LicensePlan> plans, IReadOnlyList<LicenseHolder> users)
    {
        foreach (var name in _wanted.Where(name => users.Count > 0 && !users.Any(user => LicensePlan.IsMeant(user, name))))
        {
            _operation.Observer.Warning($"{plans[0].CustomerName}: nobody called \"{name.Text}\" holds {string.Join(" or ", plans.Select(plan => plan.SourceName))}, or not any more.");
        }
    }

    // The holders are read while the seats are on their way, and once more where those took long.
    private async Task FindHoldersAsync(CancellationToken cancellationToken)
    {
        var readAt = _operation.Time.GetTimestamp();
        await Concurrently.AllAsync(cancellationToken, token => _planOnly ? Task.CompletedTask : WaitForSeatsAsync(_targets, token), ReadAsync).ConfigureAwait(false);
        if (_operation.Time.GetElapsedTime(readAt) > Fresh)
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

    // Where nobody moves, the source's users need the new seats all the same: the old ones are about to go.
    private Task WaitForSeatsAsync(IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var others = targets.Where(target => !CustomerView.Same(target.TargetSubscriptionId, target.SourceSubscriptionId));
        var subscriptionIds = new HashSet<string>(others.Select(target => target.TargetSubscriptionId).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        return new SeatWaiter(_operation).WaitAsync(_view, subscriptionIds, _options.ProvisioningTimeout, cancellationToken);
    }

    private async Task<List<LicensePlan>> PlanPoolsAsync(CancellationToken cancellationToken)
    {
        if (IsNeeded)
        {
            await _view.ReadSeatsAheadAsync(cancellationToken).ConfigureAwait(false);
        }

        var plans = new List<LicensePlan>();
        foreach (var pool in _moving.GroupBy(target => target.SourceSkuId ?? "", StringComparer.OrdinalIgnoreCase))
        {
            if (pool.Key.Length == 0 || pool.Any(target => target.SkuId is null && !_planOnly))
            {
                throw ErrorCatalog.UnexpectedAnswer.Exception("The directory SKU of source or target is not known.", _view.CustomerId, pool.First().SourceSubscriptionId);
            }

            var sources = _targets.Where(target => CustomerView.Same(target.SourceSkuId, pool.Key)).Select(target => target.SourceSubscriptionId).OfType<string>().ToList();
            var seatsElsewhere = pool.Where(target => target.SourceSubscriptionId is null).Sum(target => target.Source?.Quantity ?? 0);
            var seatsGoing = await CustomerFacts.SeatsGoingAsync(_view, pool.Key, sources, cancellationToken).ConfigureAwait(false);
            var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
            plans.Add(new LicensePlan(pool.Key, [.. pool], LicensePool.Of(skus, pool.Key), seatsGoing + seatsElsewhere));
        }

        return plans;
    }

    private async Task<IReadOnlyList<LicenseHolder>> ReadHoldersAsync(List<LicensePlan> plans, CancellationToken cancellationToken)
    {
        var expected = plans.ToDictionary(plan => plan.SourceSkuId, plan => plan.Expected, StringComparer.OrdinalIgnoreCase);
        var users = await new HolderSearch(_operation, _options.UsersAtOnce, _progress.Read).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        foreach (var plan in plans)
        {
            plan.Choose(users, _wanted);
            _operation.Observer.Verbose(
                $"{plan.CustomerName}, {plan.SourceName}: {plan.Moving.Count} of {plan.Holders.Count} users move to {plan.TargetName}; {plan.UnitsStaying} units stay.");
        }

        return users;
    }

    private async Task<IReadOnlyDictionary<string, (UserMove Move, UserMoveOutcome Outcome, string? Reason)>> UpdateAsync(
        List<UserMove> moves, CancellationToken cancellationToken)
    {
        var outcomes = new ConcurrentDictionary<string, (UserMove, UserMoveOutcome, string?)>(StringComparer.OrdinalIgnoreCase);
        var updater = new UserLicenseUpdater(_operation, _view, await UsageLocationAsync(cancellationToken).ConfigureAwait(false));
        _progress.Moved.Expect(moves.Count);
        await Concurrently.ForEachAsync(
            moves,
            _options.UsersAtOnce,
            async (move, token) =>
            {
                var (outcome, reason) = await updater.UpdateAsync(move.Update, token).ConfigureAwait(false);
                outcomes[move.Holder.User.Id] = (move, outcome, reason);
                if (outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved)
                {
                    _operation.Session.Seen.NoteMoved(move.Holder.User);
                }
                else
                {
                    _operation.Session.Seen.Note(move.Holder.User);
                }

                Tell(move, outcome, reason);
                _progress.Moved.Advance();
            },
            cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    private async Task<IReadOnlyDictionary<string, (UserMove Move, UserMoveOutcome Outcome, string? Reason)>> ForeseeAsync(
        List<UserMove> moves, IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var usageLocation = await UsageLocationAsync(cancellationToken).ConfigureAwait(false);
        var forecast = await MoveForecast.MakeAsync(_view, targets, usageLocation, cancellationToken).ConfigureAwait(false);
        var outcomes = new Dictionary<string, (UserMove, UserMoveOutcome, string?)>(StringComparer.OrdinalIgnoreCase);
        foreach (var move in moves)
        {
            var (outcome, reason) = forecast.Of(move);
            outcomes[move.Holder.User.Id] = (move, outcome, reason);
            Tell(move, outcome, reason);
        }

        return outcomes;
    }

    private void Tell(UserMove move, UserMoveOutcome outcome, string? reason)
    {
        var lost = outcome == UserMoveOutcome.Moved && move.Transfer.Lost.Count > 0 ? $" The new licence has no {string.Join(", ", move.Transfer.Lost)} to keep switched off." : "";
        _operation.Observer.Verbose($"{move.Plans[0].CustomerName}, {move.Holder.User.UserPrincipalName}: {outcome}. {reason}".TrimEnd() + lost);
    }

    private async Task<string?> UsageLocationAsync(CancellationToken cancellationToken)
    {
        return CustomerView.Same(_options.UsageLocation, LicenseMoveOptions.CustomerCountry)
            ? (await _view.CustomerAsync(cancellationToken).ConfigureAwait(false)).Country
            : _options.UsageLocation;
    }

    // The users of a pool cannot be told apart by source: the first of its rows lists them all.
    private LicenseMove Describe(
        TargetSubscription target,
        LicensePlan plan,
        IReadOnlyList<LicenseHolder> users,
        IReadOnlyDictionary<string, (UserMove Move, UserMoveOutcome Outcome, string? Reason)> outcomes)
    {
        var moved = plan.Holders.Count(holder => outcomes.TryGetValue(holder.User.Id, out var result)
            && result.Outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved && result.Move.Plans.Contains(plan));
        var remaining = Math.Max(0, plan.Holders.Count - moved - plan.UnitsStaying);
        var rows = new List<UserLicenseMove>();
        if (target == plan.Targets[0])
        {
            rows.AddRange(plan.Holders.Select(holder => DescribeHolder(holder, plan, outcomes)));
            rows.AddRange(users
                .Where(user => !user.Holds(plan.SourceSkuId) && plan.TargetSkuId is { } targetSku && user.Holds(targetSku))
                .Select(user => Describe(user.User, UserMoveOutcome.AlreadyMoved)));
        }

        return Describe(target, [.. rows.OrderBy(row => row.UserPrincipalName, StringComparer.OrdinalIgnoreCase)], remaining);
    }

    private static UserLicenseMove DescribeHolder(
        LicenseHolder holder,
        LicensePlan plan,
        IReadOnlyDictionary<string, (UserMove Move, UserMoveOutcome Outcome, string? Reason)> outcomes)
    {
        if (!outcomes.TryGetValue(holder.User.Id, out var result) || !result.Move.Plans.Contains(plan))
        {
            return Describe(holder.User, UserMoveOutcome.Skipped) with { Reason = "Left on the old licence: not asked for, or the remaining units suffice." };
        }

        var moved = Describe(holder.User, result.Outcome) with { Reason = result.Reason };
        return result.Outcome == UserMoveOutcome.Moved
            ? moved with { ExcludedPlans = result.Move.Transfer.Excluded, LostPlans = result.Move.Transfer.Lost }
            : moved;
    }

    private static UserLicenseMove Describe(User user, UserMoveOutcome outcome)
    {
        return new UserLicenseMove { UserId = user.Id, UserPrincipalName = user.UserPrincipalName, Outcome = outcome };
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
