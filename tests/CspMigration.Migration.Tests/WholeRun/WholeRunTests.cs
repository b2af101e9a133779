using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Migration.WholeRun;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>What one line for many customers promises.</summary>
public sealed class WholeRunTests
{
    private const string Season = "scale:customers=6,subscriptions=2,users=5";

    [Fact]
    public async Task One_line_completes_every_source_and_gives_one_result_each()
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var result = await run.RunAsync(rows);

        Assert.Empty(result.Failures);
        Assert.Equal(rows.Select(row => row.SubscriptionId).Order(), result.Migrations.Select(migration => migration.SourceSubscriptionId).Order());
        Assert.All(result.Migrations, migration =>
        {
            Assert.Equal(MigrationState.Completed, migration.State);
            Assert.False(migration.IsPlanned);
            Assert.Equal((0, true), (migration.LicenseMove!.Remaining, migration.LicenseMove.IsComplete));
            Assert.Equal(SuspensionOutcome.Suspended, migration.Suspension!.Outcome);
            Assert.True(migration.StartedOn <= migration.FinishedOn);
        });
        Assert.Equal(6 * 5, result.Migrations.Sum(migration => migration.LicenseMove!.Moved));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_plan_shows_every_step_and_sends_nothing()
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var plan = await run.RunAsync(rows, planOnly: true);

        Assert.Equal(0, run.Writes());
        Assert.Equal(rows.Count, plan.Migrations.Count);
        Assert.All(plan.Migrations, migration =>
        {
            Assert.True(migration.IsPlanned && migration.Target!.IsPlanned && migration.LicenseMove!.IsPlanned && migration.Suspension!.IsPlanned);
            Assert.Equal(MigrationState.Completed, migration.State);
            Assert.Null(migration.StartedOn);
        });
    }

    [Theory]
    [InlineData("No usage location", MigrationState.Failed, "HoldersRemain")]
    [InlineData("No free seat", MigrationState.Failed, "HoldersRemain")]
    [InlineData("Add-on that stays active", MigrationState.Failed, "AddOnStillActive")]
    [InlineData("Add-on contained in the plan", MigrationState.Completed, null)]
    public async Task A_plan_ends_as_the_run_does(string customer, MigrationState state, string? errorId)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(customer);

        var planned = await run.RunAsync(rows, planOnly: true);
        var writes = run.Writes();
        var migrated = await run.RunAsync(rows);

        Assert.Equal(0, writes);
        Assert.All([.. planned.Migrations, .. migrated.Migrations], migration => Assert.Equal((state, errorId), (migration.State, migration.ErrorId)));
        Assert.Equal(migrated.Failures.Count, planned.Failures.Count);
        Assert.Equal(migrated.Migrations.Select(Counts).Order(), planned.Migrations.Select(Counts).Order());

        static (int, int, int) Counts(SubscriptionMigration migration) => (migration.LicenseMove!.Moved, migration.LicenseMove.Failed, migration.LicenseMove.Remaining);
    }

    [Fact]
    public async Task A_plan_gives_users_the_usage_location_that_the_run_will_give_them()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var options = new MigrationRunOptions { LicenseMoves = new() { UsageLocation = "Customer" } };

        var planned = await run.RunAsync(await run.FindAsync("No usage location"), options, planOnly: true);

        Assert.Empty(planned.Failures);
        Assert.Equal((MigrationState.Completed, 6), (planned.Migrations[0].State, planned.Migrations[0].LicenseMove!.Moved));
    }

    [Theory]
    [InlineData(MigrationStage.Purchase, MigrationState.Purchased)]
    [InlineData(MigrationStage.Licenses, MigrationState.LicensesMoved)]
    public async Task A_run_that_stops_after_a_step_is_finished_by_the_same_line_without_the_stop(MigrationStage stage, MigrationState state)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var stopped = Assert.Single((await run.RunAsync(await run.FindAsync(), new MigrationRunOptions { StopAfter = stage })).Migrations);
        Assert.Equal((state, (DateTimeOffset?)null), (stopped.State, stopped.FinishedOn));
        Assert.All(run.Customer().Subscriptions, subscription => Assert.Equal("active", subscription.Status));

        var finished = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);

        Assert.Equal((MigrationState.Completed, stopped.TargetSubscriptionId), (finished.State, finished.TargetSubscriptionId));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(11, null)]
    [InlineData(null, 59)]
    public async Task What_is_over_a_limit_is_refused_before_the_first_purchase(int? purchases, int? seats)
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var error = await Assert.ThrowsAsync<CspMigrationException>(() =>
            run.RunAsync(rows, new MigrationRunOptions { MaximumPurchases = purchases, MaximumSeats = seats }));

        Assert.Equal("RunLimitExceeded", error.ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_limit_that_is_just_enough_lets_everything_through()
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var result = await run.RunAsync(rows, new MigrationRunOptions { MaximumPurchases = rows.Count, MaximumSeats = rows.Sum(row => row.Quantity) });

        Assert.Equal(rows.Count, result.Migrations.Count(migration => migration.State == MigrationState.Completed));
    }

    [Fact]
    public async Task A_purchase_that_has_to_be_made_another_way_counts_once_against_the_limit()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=refused");
        var rows = await run.FindAsync();

        var exact = await run.RunAsync(rows, new MigrationRunOptions { MaximumPurchases = 1, MaximumSeats = 25 });

        Assert.Equal(CommerceKind.NewCommerce, Assert.Single(exact.Migrations).Target!.Commerce);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task Old_subscriptions_left_to_run_out_are_not_touched_by_a_later_run()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = true } };
        var left = Assert.Single((await run.RunAsync(await run.FindAsync(), options)).Migrations);
        Assert.Equal((MigrationState.Completed, SuspensionOutcome.LeftToTermEnd), (left.State, left.Suspension!.Outcome));
        var writes = run.Writes();

        var again = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);

        Assert.Equal(MigrationState.Completed, again.State);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task What_fails_for_one_customer_is_reported_with_its_id_and_does_not_stop_the_others()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.SkuMapPaths = [Repository.PathOf("tests", "EdgeCases.SkuMap.json")]);
        var rows = await run.FindAsync();

        var result = await run.RunAsync(rows);

        Assert.Equal(rows.Count, result.Migrations.Count);
        Assert.Contains(result.Migrations, migration => migration.State == MigrationState.Completed);
        var reported = result.Failures.ToDictionary(failure => failure.Row.SubscriptionId!, failure => failure.Error.ErrorId);
        Assert.All(result.Migrations.Where(migration => migration.State is MigrationState.Failed or MigrationState.Blocked), migration =>
        {
            // What the map does not know is left out with one warning for all.
            Assert.Equal(migration.ErrorId, reported.TryGetValue(migration.SourceSubscriptionId!, out var errorId) ? errorId : "NoTarget");
            Assert.NotNull(migration.Error);
        });
        Assert.Equal(result.Failures.Count, result.Migrations.Count(migration => migration.ErrorId is not null and not "NoTarget"));
    }

    [Fact]
    public async Task A_plan_comes_in_the_order_of_its_sources()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync();
        rows.Reverse();
        var plan = await run.Operation.Runs.PlanAsync(rows, new MigrationRunOptions(), default);
        var planned = new List<string?>();

        await run.Operation.Runs.DescribeAsync(plan, migration => planned.Add(migration.Source!.SubscriptionId), (_, _) => { }, default);

        // The sources of one customer come together, where the first of them is.
        var expected = rows.GroupBy(row => row.CustomerId).SelectMany(customer => customer).Select(row => row.SubscriptionId);
        Assert.Equal(expected, planned);
    }

    [Fact]
    public async Task The_text_to_confirm_has_the_totals()
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var plan = await run.Operation.Runs.PlanAsync(rows, new MigrationRunOptions(), default);

        Assert.Equal("6 customers", plan.CustomerText);
        Assert.StartsWith($"Migrate 12 subscriptions: 12 purchases with {rows.Sum(row => row.Quantity)} seats in all", plan.ActionText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limited offer suspended", "1 reactivation with 10 seats")]
    [InlineData("Successor with free seats", "0 purchases with 0 seats")]
    public async Task The_text_to_confirm_tells_a_purchase_from_what_is_there_already(string customer, string cost)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var plan = await run.Operation.Runs.PlanAsync(await run.FindAsync(customer), new MigrationRunOptions(), default);

        Assert.StartsWith($"Migrate 1 subscription: {cost} in all", plan.ActionText, StringComparison.Ordinal);
    }
}
