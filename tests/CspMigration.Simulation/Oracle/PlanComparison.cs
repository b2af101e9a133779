using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Oracle;

/// <summary>Compares a plan with the run that was made right after it.</summary>
internal sealed class PlanComparison(ProgramRun run)
{
    private static readonly TimeSpan CartLifetime = TimeSpan.FromDays(7);

    public void Check(StepContext step, StepResult planned, StepResult done)
    {
        if (run.World.Commerce == "refused" || run.World.Users.Any(user => user.IsRefused || user.Licenses.Any(license => license.IsByGroup)))
        {
            return;
        }

        // A cart that was made long ago may have expired, which shows when it is submitted.
        if (step.By.HasDied && run.World.Commerce == "closed" && run.Elapsed > CartLifetime)
        {
            return;
        }

        Compare(step, "errors", planned.Errors.Select(error => $"{run.NameOf(error.SubscriptionId)} {error.Error.ErrorId}"), done.Errors.Select(error => $"{run.NameOf(error.SubscriptionId)} {error.Error.ErrorId}"));
        Compare(step, "targets", planned.Targets.Select(Describe), done.Targets.Select(Describe));
        Compare(step, "moves", planned.Moves.Select(Describe), done.Moves.Select(Describe));
        Compare(step, "endings", planned.Suspensions.Select(Describe), done.Suspensions.Select(Describe));
        Compare(step, "migrations", planned.Migrations.Select(Describe), done.Migrations.Select(Describe));
    }

    private void Compare(StepContext step, string what, IEnumerable<string> planned, IEnumerable<string> done)
    {
        var (before, after) = (planned.Order(StringComparer.Ordinal).ToList(), done.Order(StringComparer.Ordinal).ToList());
        if (!before.SequenceEqual(after))
        {
            run.Report(Kind.PlanUntrue, $"{step.Step}: {what}: planned [{string.Join("; ", before.Except(after))}], done [{string.Join("; ", after.Except(before))}]", what);
        }
    }

    // Availability ids change, and a conversion's terms are not known before.
    private string Describe(TargetSubscription target)
    {
        var offer = string.Join(':', (target.OfferId ?? "").Split(':').Take(2));
        return target.Outcome == TargetOutcome.Converted
            ? $"{run.NameOf(target.SourceSubscriptionId)} {target.Outcome}"
            : $"{run.NameOf(target.SourceSubscriptionId ?? target.SourceSkuId)} {target.Outcome} {target.Quantity} of {offer}";
    }

    private string Describe(LicenseMove move) => $"{run.NameOf(move.SourceSubscriptionId ?? move.SourceSkuId)} {move.Moved + move.AlreadyMoved} moved, {move.Remaining} remain";

    private string Describe(SuspendedSubscription ending) => $"{run.NameOf(ending.SubscriptionId)} {ending.Outcome}";

    private string Describe(SubscriptionMigration migration) =>
        $"{run.NameOf(migration.SourceSubscriptionId)} {migration.State} {migration.ErrorId} {(migration.Target is { } target ? Describe(target) : "")} {(migration.Suspension is { } ending ? Describe(ending) : "")}";
}
