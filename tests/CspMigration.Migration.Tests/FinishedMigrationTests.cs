using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>What was saved and is run again when its migration is finished gives what there is: nothing is bought, nothing fails.</summary>
public sealed class FinishedMigrationTests
{
    [Theory]
    [InlineData("Two sources and one target", false)]
    [InlineData("Add-on contained in the plan", false)]
    [InlineData("Limited offer with too few seats", false)]
    [InlineData("Successor with free seats", false)]
    [InlineData("New commerce source", false)]
    [InlineData("Plans matched by name", true)]
    public async Task A_saved_plan_says_that_all_is_there(string customer, bool atTermEnd)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(customer);
        var plan = JsonSerializer.Serialize(await run.BuyAsync(rows, planOnly: true));
        var ending = new SuspensionOptions { AtTermEnd = atTermEnd };
        var bought = await run.BuyApprovedAsync(plan);
        _ = await SuspendAsync(run, await run.MoveAsync(bought), ending);
        Assert.Empty(run.Errors);
        var before = run.Client.Status.Read();
        var writes = run.Writes();

        var again = await run.BuyApprovedAsync(plan);
        var moved = await run.MoveAsync(again);
        var suspended = await SuspendAsync(run, moved, ending);

        Assert.Empty(run.Errors);
        Assert.Equal(writes, run.Writes());
        Assert.Equal(rows.Count, again.Count);
        Assert.All(again, target => Assert.Equal(TargetOutcome.Resumed, target.Outcome));
        Assert.Equal(bought.Select(target => target.TargetSubscriptionId).Order(), again.Select(target => target.TargetSubscriptionId).Order());
        Assert.All(moved, move => Assert.Equal((0, 0, 0), (move.Moved, move.Failed, move.Remaining)));
        Assert.All(suspended, old => Assert.Contains(old.Outcome, new[] { SuspensionOutcome.AlreadySuspended, SuspensionOutcome.EndsWithTerm, SuspensionOutcome.LeftToTermEnd }));
        Assert.Equal(States(before), States(run.Client.Status.Read()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sources_found_when_they_were_completed_are_migrated_again_after_a_rollback(bool isRolledBack)
    {
        const string Customer = "New commerce source";
        using var run = await SandboxRun.StartAsync("edge-cases");
        _ = await run.RunAsync(await run.FindAsync(Customer));
        var found = await run.FindOneAsync(Customer);
        if (isRolledBack)
        {
            _ = await run.UndoAsync(found);
        }
        else
        {
            _ = await run.ResumeAsync(found.CustomerId, found.SubscriptionId!);
        }

        var before = run.Subscription(found.SubscriptionId!);
        var again = Assert.Single((await run.RunAsync([found])).Migrations);

        Assert.Empty(run.Errors);
        Assert.Equal((MigrationState.Completed, MigrationState.Completed), (found.MigrationState, again.State));
        Assert.NotEqual("Ends", before.EndOfTerm);
        Assert.Equal(("Ends", "active"), (run.Subscription(found.SubscriptionId!).EndOfTerm, run.Subscription(again.TargetSubscriptionId!).Status));
        Assert.All(run.Customer(Customer).Users, user => Assert.DoesNotContain(user.Licenses, license => license.SkuId == found.SkuId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Saved_sources_say_that_they_are_completed(bool byId)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var saved = Assert.Single(await run.FindAsync());
        var done = Assert.Single((await run.RunAsync([saved])).Migrations);
        var writes = run.Writes();
        var row = byId ? await run.Client.Discovery.ReadAsync(saved.CustomerId, saved.SubscriptionId!, default) : saved;

        var result = await run.RunAsync([row]);

        var again = Assert.Single(result.Migrations);
        Assert.Empty(run.Errors);
        Assert.Equal((MigrationState.Completed, null, done.TargetSubscriptionId), (again.State, again.ErrorId, again.TargetSubscriptionId));
        Assert.Equal(writes, run.Writes());
        Assert.Equal((MigrationState.Completed, null), Assert.Single(run.Client.Status.Read().Select(known => (known.State, known.ErrorId))));
    }

    [Fact]
    public async Task A_source_that_runs_out_is_not_completed_once_its_target_is_out_of_service()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var ended = await run.FinishAsync([source], ending: new SuspensionOptions { AtTermEnd = true });
        var target = run.Customer().Subscriptions.Single(subscription => subscription.FriendlyName.Contains("(from ", StringComparison.Ordinal));
        await service.ChangeSubscriptionAsync(run.Customer(), target.Id, ("status", "suspended"));

        var row = Assert.Single(await run.FindAsync());
        var again = Assert.Single((await run.RunAsync([row])).Migrations);

        Assert.Equal(SuspensionOutcome.LeftToTermEnd, Assert.Single(ended).Outcome);
        Assert.Equal(MigrationState.Discovered, row.MigrationState);
        Assert.Equal((MigrationState.Completed, TargetOutcome.Reactivated, target.Id), (again.State, again.Target!.Outcome, again.TargetSubscriptionId));
        Assert.Equal("active", run.Subscription(target.Id).Status);
    }

    [Theory]
    [InlineData("New commerce source", false)]
    [InlineData("Plans matched by name", true)]
    public async Task A_source_that_runs_out_is_listed_as_completed_is_ready_and_not_touched_again(string customer, bool atTermEnd)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var ending = new SuspensionOptions { AtTermEnd = atTermEnd };
        var before = await run.CheckAsync(await run.FindOneAsync(customer));
        _ = await run.FinishAsync(await run.FindAsync(customer), ending: ending);
        var writes = run.Writes();

        var listed = await run.FindOneAsync(customer);
        var readiness = await run.CheckAsync(listed);
        var again = await run.RunAsync([listed]);
        var suspended = await run.FinishAsync([listed]);

        Assert.False(before.IsMigrated);
        Assert.Equal((MigrationState.Completed, "active"), (listed.MigrationState, listed.Status));
        Assert.Equal((ReadinessVerdict.Ready, true), (readiness.Verdict, readiness.IsMigrated));
        var check = readiness.Checks.Single(check => check.Rule == ReadinessRule.Ending);
        Assert.Equal(ReadinessResult.Pass, check.Result);
        Assert.Contains(Assert.Single(again.Migrations).TargetSubscriptionId!, check.Message, StringComparison.Ordinal);
        Assert.Contains($"expires on {listed.CommitmentEndDate:yyyy-MM-dd}", check.Message, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(suspended).Outcome, new[] { SuspensionOutcome.EndsWithTerm, SuspensionOutcome.LeftToTermEnd });
        Assert.Empty(run.Errors);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task One_that_renews_again_is_not_finished()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync("Plans matched by name");
        _ = await run.FinishAsync([row], ending: new SuspensionOptions { AtTermEnd = true });
        _ = await run.SetAsync(row, new SubscriptionSettings { AutoRenew = true });

        var now = await run.Client.Discovery.ReadAsync(row.CustomerId, row.SubscriptionId!, default);

        Assert.Equal((MigrationState.Purchased, false), (now.MigrationState, (await run.CheckAsync(now)).IsMigrated));
    }

    [Fact]
    public async Task A_finished_one_that_had_succeeded_another_is_not_read_again()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));
        var first = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);
        var between = await run.Client.Discovery.ReadAsync(first.CustomerId, first.TargetSubscriptionId!, default);
        var options = new MigrationRunOptions { Purchases = new PurchaseOptions { Target = "Dynamics 365 Sales" } };
        var second = Assert.Single((await run.RunAsync([between], options)).Migrations);
        var finished = await run.Client.Discovery.ReadAsync(first.CustomerId, first.TargetSubscriptionId!, default);
        var before = recorder!.All.Count;

        var again = Assert.Single((await run.RunAsync([finished], options)).Migrations);

        Assert.Empty(run.Errors);
        Assert.Equal((MigrationState.Completed, MigrationState.Completed), (second.State, finished.MigrationState));
        Assert.Equal((MigrationState.Completed, second.TargetSubscriptionId), (again.State, again.TargetSubscriptionId));
        Assert.Equal(before, recorder.All.Count);
    }

    [Fact]
    public async Task One_that_runs_out_and_whose_target_is_gone_is_not_finished()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        const string customer = "Plans matched by name";
        var row = await run.FindOneAsync(customer);
        var suspension = new SuspensionOptions { AtTermEnd = true };
        var bought = Assert.Single(await run.BuyAsync([row]));
        _ = await run.FinishAsync([row], ending: suspension);
        await service.ChangeSubscriptionAsync(run.Customer(customer), bought.TargetSubscriptionId!, ("status", "suspended"));

        var readiness = await run.CheckAsync(row);

        Assert.False(readiness.IsMigrated);
        Assert.DoesNotContain("Already migrated", readiness.Checks.Single(check => check.Rule == ReadinessRule.Ending).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_target_is_gone_nothing_is_bought_for_a_source_that_has_been_ended()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync();
        var plan = JsonSerializer.Serialize(await run.BuyAsync(rows, planOnly: true));
        var done = Assert.Single((await run.RunAsync(rows)).Migrations);
        await service.ChangeSubscriptionAsync(run.Customer(), done.TargetSubscriptionId!, ("status", "suspended"));
        var writes = run.Writes();

        Assert.Empty(await run.BuyApprovedAsync(plan));
        Assert.Equal("PlanStale", run.TakeError().ErrorId);
        Assert.Equal("NotOurSubscription", (await run.RefusePurchaseAsync(rows[0])).ErrorId);

        Assert.Equal(writes, run.Writes());
        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
    }

    [Fact]
    public async Task A_source_that_was_suspended_for_another_reason_is_not_finished()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        _ = await run.BuyOneAsync(row);
        _ = await run.SuspendAsync(row.CustomerId, row.SubscriptionId!, new SuspensionOptions { Reason = SuspensionReason.NonPayment });

        Assert.Equal("NotOurSubscription", (await run.RefusePurchaseAsync(row)).ErrorId);
    }

    private static Task<List<SuspendedSubscription>> SuspendAsync(SandboxRun run, IEnumerable<LicenseMove> moves, SuspensionOptions ending) =>
        run.SuspendAsync(moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null), ending);

    private static IEnumerable<(string?, MigrationState, string?)> States(IEnumerable<SubscriptionMigration> migrations) =>
        migrations.Select(migration => (migration.SourceSubscriptionId, migration.State, migration.ErrorId)).Order();
}
