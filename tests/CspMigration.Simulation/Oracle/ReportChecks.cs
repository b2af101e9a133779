using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Sandbox.State;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Oracle;

/// <summary>What holds of the objects and errors a command gives: every source comes out, and what is said is so.</summary>
internal sealed class ReportChecks(ProgramRun run, ProgramOracle oracle, WriteChecks writes)
{
    private Ledger Ledger => oracle.Ledger;

    public void Check(StepContext step, StepResult result)
    {
        CheckNothingDropped(step, result);
        if (step.Options.WhatIf)
        {
            return;
        }

        if (step.Verb == "find")
        {
            CheckFound(step, result);
        }

        // What another administrator did meanwhile, or the service left out, may make a true word untrue.
        if (step.Verb is "line" or "buy" && !step.IsDisturbed && oracle.Lag == TimeSpan.Zero)
        {
            // What was named first may have got more seats for what came after it.
            foreach (var target in result.Targets.GroupBy(target => target.TargetSubscriptionId).Select(same => same.Last()))
            {
                CheckTarget(step, target);
            }
        }

        var isUndo = step.Verb == "undo";
        foreach (var move in result.Moves.Concat(result.Migrations.Where(_ => !isUndo && step.Verb != "status").Select(migration => migration.LicenseMove).OfType<LicenseMove>()).Where(move => !move.IsPlanned))
        {
            CheckMove(step, result, move);
        }

        foreach (var suspension in result.Suspensions.Concat(result.Migrations.Where(_ => !isUndo && step.Verb != "status").Select(migration => migration.Suspension).OfType<SuspendedSubscription>()))
        {
            CheckEnding(step, suspension);
        }

        foreach (var migration in result.Migrations.Where(migration => !isUndo && migration.State == MigrationState.Completed))
        {
            CheckCompleted(step, migration);
        }

        CheckRefusals(step, result);
        foreach (var finished in result.Suspensions.Where(ending => !ending.IsPlanned).Select(ending => ending.SubscriptionId)
            .Concat(result.Migrations.Where(migration => migration is { IsPlanned: false, State: MigrationState.Completed }).Select(migration => migration.SourceSubscriptionId)).OfType<string>())
        {
            Ledger.Finish(finished, step.By);
        }

        if (step.Verb == "set" && oracle.HasLostMark(step) && result.Warnings.Count == 0)
        {
            run.Report(Kind.MarkLost, $"{step.Step}");
        }

        if (result.Errors.Find(error => error.Error.RecommendedAction.Length == 0) is { Error: { } silent })
        {
            run.Report(Kind.AgainStuck, $"{step.Step}: {silent.ErrorId} names no remedy");
        }
    }

    private static bool Is(string? one, string? other) => Ledger.Is(one, other);

    private static bool HasReason(StepResult result, string source) =>
        result.Errors.Exists(error => error.SubscriptionId is null || Is(error.SubscriptionId, source)) || result.LeftOut.Exists(other => Is(other, source));

    // Who says no gets nothing; an error about no source is about all of them.
    private void CheckNothingDropped(StepContext step, StepResult result)
    {
        if (result.Declined > 0 || step.Verb is not ("buy" or "line" or "run" or "move"))
        {
            return;
        }

        foreach (var source in step.Sources.Where(source => !HasReason(result, source)))
        {
            var target = result.Targets.Find(target => Is(target.SourceSubscriptionId ?? target.SourceSkuId, source));
            var isGone = step.Verb switch
            {
                "buy" => target is null,
                "run" => !result.Migrations.Exists(migration => Is(migration.SourceSubscriptionId ?? migration.Source?.SkuId, source)),
                "move" => !result.Moves.Exists(move => Is(move.SourceSubscriptionId ?? move.SourceSkuId, source)),
                _ => target is null
                    || !result.Moves.Exists(move => Is(move.SourceSubscriptionId ?? move.SourceSkuId, source))
                    || !result.Suspensions.Exists(ending => ending.SubscriptionId is null || Is(ending.SubscriptionId, source)),
            };
            if (isGone)
            {
                run.Report(Kind.DroppedInSilence, $"{step.Step}: {run.NameOf(source)} came out neither as an object nor as an error");
            }
        }
    }

    private void CheckFound(StepContext step, StepResult result)
    {
        if (run.World.ListLag + run.World.ViewLag > TimeSpan.Zero || step.IsDisturbed || result.Errors.Count > 0)
        {
            return;
        }

        var end = new DateTimeOffset(run.Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(91);
        foreach (var state in run.Customers.Select(customer => oracle.State(customer.Id)))
        {
            foreach (var subscription in state.Subscriptions)
            {
                // What the operator ended, and another administrator made renew again, is shown until it is decided (rule 26).
                if (subscription is { IsNewCommerce: true, Renews: true } && Ledger.WasLeftToEnd(subscription.Id, step.By))
                {
                    continue;
                }

                var isExpiring = subscription.IsActive && subscription.End <= end
                    && (!subscription.IsTrial || step.Options.IncludeTrial) && (!subscription.Renews || step.Options.IncludeAutoRenew);
                if (isExpiring != result.Rows.Exists(row => Is(row.SubscriptionId, subscription.Id)))
                {
                    run.Report(Kind.DiscoveryWrong, $"{step.Step}: {run.NameOf(subscription.Id)} is {subscription.Status} until {subscription.End:yyyy-MM-dd}, {(subscription.Renews ? "renews" : "does not renew")}, and was {(isExpiring ? "not " : "")}found");
                }
            }
        }
    }

    private void CheckTarget(StepContext step, TargetSubscription target)
    {
        if (target.IsPlanned)
        {
            return;
        }

        var found = oracle.State(target.CustomerId).Find(target.TargetSubscriptionId);
        if (found is not { IsActive: true } || found.Quantity != target.Quantity || (target.SkuId is not null && !Is(target.SkuId, found.SkuId)))
        {
            run.Report(Kind.ReportUntrue, $"{step.Step}: the target of {run.NameOf(target.SourceSubscriptionId)} is {target.Outcome}, {target.Quantity} seats of {target.OfferName}; "
                + (found is null ? "there is none" : $"it is {found.Status} with {found.Quantity} seats of {found.OfferName}"), "target");
        }
    }

    private void CheckMove(StepContext step, StepResult result, LicenseMove move)
    {
        var state = oracle.State(move.CustomerId);
        if (oracle.HasUnseen(step.By, state.Id) || oracle.IsTouchedMeanwhile(step, state.Id) || move.SourceSkuId is not { } sourceSku || move.TargetSkuId is not { } targetSku || Is(sourceSku, targetSku))
        {
            return;
        }

        // What an earlier run has finished was true then.
        if (step.Verb == "run" && Ledger.IsFinished(move.SourceSubscriptionId, step.By))
        {
            return;
        }

        (sourceSku, targetSku) = (sourceSku.ToLowerInvariant(), targetSku.ToLowerInvariant());
        foreach (var user in move.Users.Where(user => !step.IsDisturbed && user.Outcome is (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved)))
        {
            // Where the target is itself a source of the same command, its users have gone on from there.
            if (state.FindUser(user.UserId) is { IsDeleted: false } now && !now.Holds(targetSku) && !(step.Verb == "run" && result.Errors.Count > 0)
                && !Ledger.Taken.Exists(taken => Is(taken.UserId, user.UserId) && taken.License.SkuId == targetSku && taken.By == step.By))
            {
                run.Report(Kind.ReportUntrue, $"{step.Step}: {run.NameOf(user.UserId)} is {user.Outcome} to {WorldProduct.NameOf(targetSku)}, which they do not hold", "user");
            }
        }

        var depend = Depend(step, result, state, sourceSku);
        if (move.IsComplete && depend > 0 && step.Options.User is null)
        {
            run.Report(Kind.ReportUntrue, $"{step.Step}: the move of {run.NameOf(move.SourceSubscriptionId)} is complete, and {depend} users depend on {WorldProduct.NameOf(sourceSku)}", "move");
        }

        if (depend > 0 && step.Options.User is null && run.Views.Hidden.Count == 0)
        {
            CheckLeft(step, result, state, move, sourceSku);
        }
    }

    // Users of a SKU less the units that stay: those of subscriptions that are not being migrated.
    private int Depend(StepContext step, StepResult result, CustomerState state, string skuId)
    {
        var going = result.Moves.Concat(result.Migrations.Select(migration => migration.LicenseMove).OfType<LicenseMove>())
            .Where(move => move.CustomerId == state.Id && Is(move.SourceSkuId, skuId)).ToList();
        if (going.Exists(move => move.SourceSubscriptionId is null))
        {
            return 0;
        }

        var staying = state.Foreign(skuId) + state.Subscriptions
            .Where(subscription => subscription.SkuId == skuId && subscription.IsInService && !Ledger.IsLeftToEnd(subscription.Id, step.By) && !going.Exists(move => Is(move.SourceSubscriptionId, subscription.Id)))
            .Sum(subscription => subscription.Quantity);
        return Math.Max(0, state.Holders(skuId) - staying);
    }

    // Why they were left: for want of seats that are there elsewhere or on their way, or in the place of others who cannot move.
    private void CheckLeft(StepContext step, StepResult result, CustomerState state, LicenseMove move, string sourceSku)
    {
        var moves = result.Moves.Concat(result.Migrations.Select(migration => migration.LicenseMove).OfType<LicenseMove>())
            .Where(other => other.CustomerId == state.Id && Is(other.SourceSkuId, sourceSku) && !(step.Verb == "run" && Ledger.IsFinished(other.SourceSubscriptionId, step.By))).ToList();
        var targetSkus = moves.Select(other => other.TargetSkuId?.ToLowerInvariant()).OfType<string>().Distinct().ToList();
        var said = moves.SelectMany(other => other.Users).ToLookup(user => user.UserId, user => user.Outcome, StringComparer.OrdinalIgnoreCase);
        foreach (var user in state.Users.Where(user => IsMovable(step, user, sourceSku) && !HoldsAnother(result, user, sourceSku)))
        {
            var outcomes = said[user.Id].ToList();
            var free = targetSkus.Where(skuId => state.FreeLasting(skuId) > 0).ToList();
            if (outcomes.Contains(UserMoveOutcome.NoFreeSeat) && free.Count > 0 && !Ledger.IsTouched(state.Id))
            {
                var isOnItsWay = state.Subscriptions.Any(subscription => free.Contains(subscription.SkuId) && subscription.IsActive && subscription.Seats < subscription.Quantity);
                run.Report(isOnItsWay ? Kind.DidNotWait : Kind.SeatsLeftEmpty, $"{step.Step}: {run.NameOf(user.Id)} found no seat, and {string.Join(" and ", free.Select(skuId => $"{state.FreeLasting(skuId)} of {WorldProduct.NameOf(skuId)}"))} are free");
                return;
            }

            if (outcomes.Count > 0 && outcomes.TrueForAll(outcome => outcome == UserMoveOutcome.Skipped) && free.Count > 0 && !Ledger.IsTouched(state.Id))
            {
                run.Report(Kind.MovablePassedOver, $"{step.Step}: {run.NameOf(user.Id)} could move and was passed over; {move.Remaining} of {WorldProduct.NameOf(sourceSku)} remain");
                return;
            }
        }
    }

    // One user's refusal is that user's outcome: the others are moved.
    private void CheckRefusals(StepContext step, StepResult result)
    {
        if (step.Verb is not ("move" or "line" or "run") || step.IsDisturbed || step.Options.User is not null || run.Views.Hidden.Count > 0)
        {
            return;
        }

        foreach (var (source, error) in result.Errors.Where(error => error.Error.StatusCode == 403))
        {
            foreach (var state in run.Customers.Select(customer => oracle.State(customer.Id)).Where(state => state.Find(source) is not null && !Ledger.IsTouched(state.Id)))
            {
                var sourceSku = state.Find(source)!.SkuId;
                var targetSku = Ledger.Promises.GetValueOrDefault(source!)?.SkuId;
                var refused = state.Users.Count(user => user.Holds(sourceSku) && run.IsRefused(user.Id));
                if (targetSku is not null && refused == 1 && state.Free(targetSku) > 0 && state.Users.FirstOrDefault(user => IsMovable(step, user, sourceSku)) is { } left)
                {
                    run.Report(Kind.OneRefusalStopsAll, $"{step.Step}: {error.ErrorId} for {run.NameOf(source)}; one user is refused, and {run.NameOf(left.Id)} was not moved");
                    return;
                }
            }
        }
    }

    // Who leaves several things at once needs a seat of each target.
    private static bool HoldsAnother(StepResult result, UserState user, string sourceSku)
    {
        return result.Moves.Concat(result.Migrations.Select(migration => migration.LicenseMove).OfType<LicenseMove>())
            .Any(move => move.SourceSkuId is { } skuId && !Is(skuId, sourceSku) && user.Holds(skuId.ToLowerInvariant()));
    }

    private bool IsMovable(StepContext step, UserState user, string sourceSku)
    {
        return user.License(sourceSku) is { IsByGroup: false } && !user.IsDeleted && (user.HasLocation || step.Options.UsageLocation is not null) && !run.IsRefused(user.Id);
    }

    private void CheckEnding(StepContext step, SuspendedSubscription ending)
    {
        if (ending.IsPlanned || ending.SubscriptionId is null || (step.Verb == "run" && Ledger.IsFinished(ending.SubscriptionId, step.By)))
        {
            return;
        }

        var state = oracle.State(ending.CustomerId);
        var found = state.Find(ending.SubscriptionId);
        if (oracle.HasUnseen(step.By, state.Id) || found is null)
        {
            return;
        }

        var isSo = oracle.IsTouchedMeanwhile(step, state.Id) || IsSo(ending, found);
        if (!isSo)
        {
            run.Report(Kind.ReportUntrue, $"{step.Step}: {run.NameOf(found.Id)} is {ending.Outcome}; it is {found.Status} and {(found.Renews ? "renews" : "does not renew")}", "ending");
        }

        if (ending.Outcome is SuspensionOutcome.AutoRenewOff or SuspensionOutcome.LeftToTermEnd or SuspensionOutcome.EndsWithTerm && !step.EndsAllTheSame)
        {
            Ledger.LeaveToEnd(found.Id, step.By);
            CheckNobodyOnEnding(step, state, found);
        }
    }

    private void CheckNobodyOnEnding(StepContext step, CustomerState state, SubscriptionState ended)
    {
        if (!oracle.IsTouchedMeanwhile(step, state.Id))
        {
            writes.CheckNobodyOnEnding(step, state, ended);
        }
    }

    private static bool IsSo(SuspendedSubscription ending, SubscriptionState found)
    {
        return ending.Outcome switch
        {
            SuspensionOutcome.Suspended or SuspensionOutcome.AlreadySuspended => found.Status == SubscriptionStatus.Suspended,
            SuspensionOutcome.Cancelled => found.Status == SubscriptionStatus.Deleted,
            SuspensionOutcome.AutoRenewOff or SuspensionOutcome.LeftToTermEnd => !found.Renews,
            SuspensionOutcome.EndsWithTerm => !found.Renews && found.IsCanceledAtEnd,
            _ => true,
        };
    }

    // What an earlier run has left to expire passes through untouched (rule 1).
    private void CheckCompleted(StepContext step, SubscriptionMigration migration)
    {
        var state = oracle.State(migration.CustomerId);
        if (oracle.HasUnseen(step.By, state.Id) || oracle.IsTouchedMeanwhile(step, state.Id) || Ledger.IsTouched(state.Id) || state.Find(migration.SourceSubscriptionId) is not { } source)
        {
            return;
        }

        var target = state.Find(migration.TargetSubscriptionId);
        var isConverted = Is(migration.TargetSubscriptionId, source.Id);
        var isEnded = !source.IsActive || !source.Renews || isConverted;
        var unserved = state.Unserved(source.SkuId) - oracle.UnservedByOthers(state.Id, source.SkuId);
        if (!isEnded || (migration.TargetSubscriptionId is not null && target is not { IsActive: true }) || (!source.IsActive && unserved > 0 && !IsKept(migration)))
        {
            run.Report(Kind.ReportUntrue, $"{step.Step}: the migration of {run.NameOf(source.Id)} is Completed; it is {source.Status} and {(source.Renews ? "renews" : "does not renew")}, "
                + $"its target is {(target is null ? "not there" : target.Status)}, {state.Unserved(source.SkuId)} users hold its SKU without a unit", "completed");
        }
        else if (source.IsActive && !isConverted && !Ledger.IsFinished(source.Id, step.By) && migration.Target?.LicenseMoveNeeded != false && migration.Suspension?.Outcome != SuspensionOutcome.LeftToOtherChannel)
        {
            Ledger.LeaveToEnd(source.Id, step.By);
            CheckNobodyOnEnding(step, state, source);
        }
    }

    private static bool IsKept(SubscriptionMigration migration) => migration.Suspension?.Outcome == SuspensionOutcome.Kept;
}
