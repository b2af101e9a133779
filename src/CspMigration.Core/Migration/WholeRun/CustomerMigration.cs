using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.WholeRun;

/// <summary>One customer's part of a run: buy, move, suspend, in this order (design rule 5).</summary>
internal sealed class CustomerMigration
{
    private readonly MigrationOperation _steps;
    private readonly MigrationRunPlan _plan;
    private readonly IReadOnlyList<SubscriptionMigration> _before;
    private readonly bool _planOnly;
    private readonly Action<SubscriptionMigration> _ended;
    private readonly Action<ExpiringSubscription, CspMigrationException> _failed;
    private readonly DateTimeOffset _startedOn;
    private readonly PlannedSuspensions _planned = new();

    public CustomerMigration(
        MigrationOperation steps,
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
        _startedOn = steps.Time.GetUtcNow();
    }

    public async Task RunAsync(CustomerPlan customer, CancellationToken cancellationToken)
    {
        End(customer.Settled.Select(row => Earlier(row) ?? Begin(row) with { State = MigrationState.Completed }));
        var targets = await BuyAsync(customer.Planning, cancellationToken).ConfigureAwait(false);
        if (_plan.Options.StopAfter == MigrationStage.Purchase)
        {
            End(targets.Select(target => Begin(target) with { State = MigrationState.Purchased }));
            return;
        }

        var moves = await MoveAsync(targets, cancellationToken).ConfigureAwait(false);
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
        foreach (var failure in planning.Failures)
        {
            Fail(Begin(failure.Key) with { State = MigrationState.Blocked }, failure.Key, failure.Value);
        }

        if (!_planOnly)
        {
            await _steps.Purchases.NoteBlockedAsync(planning, cancellationToken).ConfigureAwait(false);
        }

        // Left out with one warning for all of them, so no error is reported for each.
        End(planning.Unmapped.Select(row => Stopped(Begin(row.Key) with { State = MigrationState.Blocked }, row.Value)));
        var targets = new List<TargetSubscription>();
        foreach (var purchase in planning.Plans)
        {
            targets.AddRange(_planOnly ? purchase.ToPlanned() : await BuyAsync(purchase, cancellationToken).ConfigureAwait(false));
        }

        return targets;
    }

    private async Task<IReadOnlyList<TargetSubscription>> BuyAsync(PurchasePlan purchase, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _steps.Purchases.ExecuteAsync(purchase, wait: false, cancellationToken).ConfigureAwait(false);
            if (result.Replanned is not { } instead)
            {
                return result.Targets;
            }

            _plan.Budget.Reserve(instead.Plans, insteadOf: purchase);
            return [.. result.Targets, .. await BuyAsync(instead, cancellationToken).ConfigureAwait(false)];
        }
        catch (CspMigrationException e)
        {
            foreach (var row in purchase.Rows)
            {
                Fail(Begin(row), row, e);
            }

            return [];
        }
    }

    private async Task<IReadOnlyList<LicenseMove>> MoveAsync(List<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var moves = new List<LicenseMove>();
        await _steps.LicenseMoves.MoveAsync(
            [.. targets.Select(target => new LicenseMoveRequest(target, _planOnly))],
            _plan.Options.LicenseMoves,
            move =>
            {
                moves.Add(move);
                return Task.CompletedTask;
            },
            (target, error) => Fail(Begin(target), target.Source!, error),
            cancellationToken).ConfigureAwait(false);
        return moves;
    }

    private async Task SuspendAsync(LicenseMove move, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await _steps.Suspensions.PlanAsync(Request(move), _plan.Options.Suspensions, cancellationToken).ConfigureAwait(false);
            if (plan.Warning is { } warning)
            {
                _steps.Observer.Warning(warning);
            }

            if (_planOnly)
            {
                _planned.Add(plan);
            }

            var suspended = _planOnly ? plan.Planned : await _steps.Suspensions.ExecuteAsync(plan, cancellationToken).ConfigureAwait(false);
            _ended(Moved(move) with { State = MigrationState.Completed, Suspension = suspended, FinishedOn = _planOnly ? null : _steps.Time.GetUtcNow() });
        }
        catch (CspMigrationException e)
        {
            Fail(Moved(move), move.Target!.Source!, e);
        }
    }

    private SuspensionRequest Request(LicenseMove move)
    {
        var request = SuspensionRequest.From(move);
        request.PlanOnly = _planOnly;
        request.Before = _planned;
        return request;
    }

    // What earlier runs did for the source, and no undo has taken back.
    private SubscriptionMigration? Earlier(ExpiringSubscription row)
    {
        return _before.FirstOrDefault(migration =>
            migration.State != MigrationState.RolledBack && CustomerView.Same(migration.SourceSubscriptionId, SourceEntry.KeyOf(row)));
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
        return Begin(move.Target!) with { LicenseMove = move, State = move.IsComplete ? MigrationState.LicensesMoved : MigrationState.Purchased };
    }

    private void Fail(SubscriptionMigration migration, ExpiringSubscription row, CspMigrationException error)
    {
        var failure = error.About(row.CustomerId, row.SubscriptionId);
        _failed(row, failure);
        _ended(Stopped(migration with { State = migration.State == MigrationState.Blocked ? MigrationState.Blocked : MigrationState.Failed }, failure));
    }

    private static SubscriptionMigration Stopped(SubscriptionMigration migration, CspMigrationException error)
    {
        return migration with { ErrorId = error.ErrorId, Error = error.ProblemAndAction };
    }

    private void End(IEnumerable<SubscriptionMigration> migrations)
    {
        foreach (var migration in migrations)
        {
            _ended(migration);
        }
    }
}
