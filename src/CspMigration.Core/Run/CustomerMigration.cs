using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Licenses;
using CspMigration.Core.Purchases;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Suspension;

namespace CspMigration.Core.Run;

/// <summary>One customer's part of a run: buy, move, suspend, in this order (docs/rules.md, rule 5).</summary>
internal sealed class CustomerMigration
{
    private readonly RunSteps _steps;
    private readonly MigrationRunPlan _plan;
    private readonly IReadOnlyList<SubscriptionMigration> _before;
    private readonly bool _planOnly;
    private readonly Action<SubscriptionMigration> _ended;
    private readonly Action<ExpiringSubscription, CspMigrationException> _failed;
    private readonly DateTimeOffset _startedOn;
    private readonly PlannedSuspensions _planned = new();

    public CustomerMigration(
        RunSteps steps,
        MigrationRunPlan plan,
        IReadOnlyList<SubscriptionMigration> before,
        bool planOnly,
        Action<SubscriptionMigration> ended,
        Action<ExpiringSubscription, CspMigrationException> failed)
    {
        _steps = steps;
        _plan = plan;
        _before = before;
        _planOnly = planOnly;
        _ended = ended;
        _failed = failed;
        _startedOn = steps.Operation.Time.GetUtcNow();
    }

    private UnattendedConfirmer Confirmer => _planOnly ? UnattendedConfirmer.Planning : UnattendedConfirmer.Confirming;

    public async Task RunAsync(CustomerPlan customer, CancellationToken cancellationToken)
    {
        End(customer.Settled.Select(row => Earlier(row) ?? Begin(row) with { State = MigrationState.Completed }));
        var targets = await BuyAsync(customer.Planning, cancellationToken).ConfigureAwait(false);
        if (_plan.Options.StopAfter == MigrationStage.Purchase)
        {
            End(targets.Select(target => Begin(target) with { State = StateOf(target) }));
            return;
        }

        var moves = await MoveAsync(customer, targets, cancellationToken).ConfigureAwait(false);
        if (_plan.Options.StopAfter == MigrationStage.Licenses)
        {
            End(moves.Select(Moved));
            return;
        }

        // An add-on goes before its base.
        foreach (var move in moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null))
        {
            await SuspendAsync(move, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<TargetSubscription>> BuyAsync(PurchasePlanning planning, CancellationToken cancellationToken)
    {
        var targets = new List<TargetSubscription>();
        var handlers = new PurchaseHandlers
        {
            Confirmer = Confirmer,
            Completed = target =>
            {
                targets.Add(target);
                return Task.CompletedTask;
            },
            Failed = (rows, error) => FailPurchase(planning, rows, error),

            // Left out with one warning for all of them, so no error is reported for each.
            LeftOut = (row, error) => End([(Begin(row) with { State = MigrationState.Blocked }).StoppedBy(error)]),
            Replacing = CheckReplacement,
        };
        await (_planOnly
            ? _steps.Purchases.RunAsync(planning, handlers, cancellationToken)
            : _steps.Purchases.RunConfirmedAsync(planning, handlers, cancellationToken)).ConfigureAwait(false);
        return targets;
    }

    // The run was confirmed with its totals: what comes to no more than that needs no second question.
    private static void CheckReplacement(PurchasePlan confirmed, IReadOnlyList<PurchasePlan> instead)
    {
        var purchases = instead.Sum(plan => plan.PurchaseCount);
        var seats = instead.Sum(plan => plan.SeatCount);
        if (purchases > confirmed.PurchaseCount || seats > confirmed.SeatCount)
        {
            throw ErrorCatalog.PlanChanged.Exception(
                $"What was confirmed can no longer be done as it was: {confirmed.DecisionText}. By now it would be: {string.Join("; ", instead.Select(plan => plan.DecisionText))}. Nothing was bought for it.",
                confirmed.Purchase.CustomerId,
                remedy: Remedies.ConfirmAgain());
        }
    }

    private void FailPurchase(PurchasePlanning planning, IReadOnlyList<ExpiringSubscription> rows, CspMigrationException error)
    {
        foreach (var row in rows)
        {
            var isBlocked = planning.Failures.Any(failure => failure.Key == row);
            Fail(isBlocked ? Begin(row) with { State = MigrationState.Blocked } : Begin(row), row, error);
        }
    }

    // Where users remain for a reason of its own, a group that could not be switched for example, the source goes no further.
    private async Task<IReadOnlyList<LicenseMove>> MoveAsync(CustomerPlan customer, List<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var moves = new List<LicenseMove>();
        var failures = new List<(TargetSubscription Target, CspMigrationException Error)>();
        await _steps.LicenseMoves.MoveAsync(
            [.. targets.Select(target => new LicenseMoveRequest(target, _planOnly) { Groups = customer.Groups })],
            _plan.Options.LicenseMoves,
            move =>
            {
                moves.Add(move);
                return Task.CompletedTask;
            },
            (target, error) => failures.Add((target, error)),
            cancellationToken).ConfigureAwait(false);
        foreach (var (target, error) in failures.GroupBy(failure => failure.Target).Select(same => same.First()))
        {
            var move = moves.Find(other => other.Target == target);
            if (move is { IsComplete: true })
            {
                _failed(target.Source!, error.About(target.CustomerId, target.SourceSubscriptionId));
                continue;
            }

            Fail(move is null ? Begin(target) : Moved(move), target.Source!, error);
            _ = move is not null && moves.Remove(move);
        }

        return moves;
    }

    private async Task SuspendAsync(LicenseMove move, CancellationToken cancellationToken)
    {
        try
        {
            var suspended = await _steps.Suspensions.RunAsync(Request(move), _plan.Options.Suspensions, Confirmer, cancellationToken).ConfigureAwait(false);
            // What becomes its target in place is over when it has, and no user is left behind.
            var isOver = move.IsComplete || move.Target?.Outcome is not (TargetOutcome.Scheduled or TargetOutcome.Transitioned);
            var now = _steps.Operation.Time.GetUtcNow();
            var target = move.Target!;
            _ended(Moved(move) with
            {
                Target = target with { OverlapDays = Overlap.DaysOf(target.Source!, target.Outcome, target.EffectiveOn, suspended?.Outcome, now) },
                State = isOver ? MigrationState.Completed : StateOf(target),
                Suspension = suspended,
                FinishedOn = _planOnly || !isOver ? null : now,
            });
        }
        catch (CspMigrationException e)
        {
            Fail(Moved(move), move.Target!.Source!, e);
        }
    }

    private SuspensionRequest Request(LicenseMove move)
    {
        var request = SuspensionRequest.From(move);
        request.Before = _planned;
        return request;
    }

    // What earlier runs did for the source, and no undo has rolled back.
    private SubscriptionMigration? Earlier(ExpiringSubscription row)
    {
        var earlier = _before.FirstOrDefault(migration =>
            migration.State != MigrationState.RolledBack && SourceEntry.KeyOf(row) is { } key && key.Is(SourceEntry.KeyOf(migration)));

        // A journal that has not found the source itself, only a target of it, does not have the source's data.
        return earlier is null ? null : earlier with { Source = earlier.Source ?? row };
    }

    private SubscriptionMigration Begin(ExpiringSubscription row)
    {
        return new SubscriptionMigration
        {
            PartnerTenantId = row.PartnerTenantId,
            CustomerId = row.CustomerId,
            CustomerName = row.CustomerName,
            SourceSubscriptionId = row.SubscriptionId,
            State = MigrationState.Failed,
            StartedOn = _planOnly ? null : Earlier(row)?.StartedOn ?? _startedOn,
            IsPlanned = _planOnly,
            Source = row,
        };
    }

    private SubscriptionMigration Begin(TargetSubscription target)
    {
        return Begin(target.Source!) with { TargetSubscriptionId = target.TargetSubscriptionId, Target = target };
    }

    private SubscriptionMigration Moved(LicenseMove move)
    {
        return Begin(move.Target!) with { LicenseMove = move, State = move.IsComplete ? MigrationState.LicensesMoved : StateOf(move.Target!) };
    }

    private static MigrationState StateOf(TargetSubscription target) => target.Outcome == TargetOutcome.Scheduled ? MigrationState.Scheduled : MigrationState.Purchased;

    private void Fail(SubscriptionMigration migration, ExpiringSubscription row, CspMigrationException error)
    {
        var failure = error.About(row.CustomerId, row.SubscriptionId);
        _failed(row, failure);
        var isLeft = migration.State == MigrationState.Blocked || error.ErrorId == ErrorCatalog.EndOfTermChanged.Id;
        _ended((isLeft ? migration : migration with { State = MigrationState.Failed }).StoppedBy(failure));
    }

    private void End(IEnumerable<SubscriptionMigration> migrations)
    {
        foreach (var migration in migrations)
        {
            _ended(migration);
        }
    }
}
