using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>What one line for many customers promises.</summary>
public sealed class WholeRunTests
{
    private const string Season = "scale:customers=6,subscriptions=2,users=5";

    [Fact]
    public async Task The_progress_of_a_run_counts_the_users_too_before_the_first_source_is_done()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=2,subscriptions=1,users=30");

        _ = await run.RunAsync(await run.FindAsync());

        var reports = run.Observer.Reports.Where(report => report.Status == "Migrating subscriptions").ToList();
        Assert.All(reports, report => Assert.Equal(2, report.Total));
        Assert.Contains((0, "moving licenses: 1"), reports.Select(report => (report.Done, report.Detail)));
        Assert.Contains("moving licenses: 60", reports.Select(report => report.Detail));
        Assert.Equal([1, 2], reports.Where(report => report.Detail is null).Select(report => report.Done));
    }

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

        static (int, int, int?) Counts(SubscriptionMigration migration) => (migration.LicenseMove!.Moved, migration.LicenseMove.Failed, migration.LicenseMove.Remaining);
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
        using var run = await SandboxRun.StartAsync("edge-cases", configure: SandboxRun.LoadEdgeCaseMap);
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
        var plan = await run.Client.Runs.PlanAsync(rows, new MigrationRunOptions(), default);
        var planned = new List<string?>();

        await run.Client.Runs.RunAsync(plan, isPlanned: true, UnattendedConfirmer.Planning, Results.Each<SubscriptionMigration>(migration => planned.Add(migration.Source!.SubscriptionId)), (_, _) => { }, default);

        // The sources of one customer come together, where the first of them is.
        var expected = rows.GroupBy(row => row.CustomerId).SelectMany(customer => customer).Select(row => row.SubscriptionId);
        Assert.Equal(expected, planned);
    }

    [Fact]
    public async Task The_text_to_confirm_has_the_totals()
    {
        using var run = await SandboxRun.StartAsync(Season);
        var rows = await run.FindAsync();

        var plan = await run.Client.Runs.PlanAsync(rows, new MigrationRunOptions(), default);

        Assert.Equal("6 customers", plan.CustomerText);
        Assert.StartsWith("Migrate 12 subscriptions: buy ", plan.ActionText, StringComparison.Ordinal);
        Assert.EndsWith("; move the users' licenses; suspend the 12 sources", plan.ActionText, StringComparison.Ordinal);
        Assert.Equal("", plan.LeftAloneText);

        // Each thing that is bought on one set of terms is there once, with all its seats.
        var bought = Regex.Matches(plan.ActionText, @"buy (\d+) seats of (.+?) \(term P1Y, billed monthly\) in (\d+) purchases?").ToList();
        Assert.Equal(bought.Count, bought.Select(part => part.Groups[2].Value).Distinct().Count());
        Assert.Equal(rows.Sum(row => row.Quantity), bought.Sum(part => int.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(12, bought.Sum(part => int.Parse(part.Groups[3].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_text_to_confirm_for_several_says_on_which_day_their_terms_end()
    {
        using var run = await SandboxRun.StartAsync(Season, time: new SettableTime("2026-03-10T12:00:00Z"));
        var options = new MigrationRunOptions { Purchases = new PurchaseOptions { Commerce = CommerceChoice.New, TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z") } };

        var plan = await run.Client.Runs.PlanAsync(await run.FindAsync(), options, default);

        Assert.StartsWith("Migrate ", plan.ActionText, StringComparison.Ordinal);
        Assert.Contains("(term P1Y, ending 2026-12-31, billed monthly, can be reduced or canceled", plan.ActionText, StringComparison.Ordinal);
        Assert.DoesNotContain("term P1Y, billed", plan.ActionText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_to_confirm_for_one_subscription_names_target_seats_and_term()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var plan = await run.Client.Runs.PlanAsync(await run.FindAsync(), new MigrationRunOptions(), default);

        Assert.Equal(
            "Buy 25 seats of Dynamics 365 Unified Operations Plan, term P1Y, billed monthly, to replace Dynamics AX Enterprise; move the users' licenses; suspend the source",
            plan.ActionText);
    }

    [Theory]
    [InlineData(MigrationStage.Purchase, false, "; stop there (users and sources stay as they are)")]
    [InlineData(MigrationStage.Licenses, false, "; move the users' licenses; stop there (sources stay active)")]
    [InlineData(null, true, "; both are billed for 30 days; move the users' licenses; leave the source to expire")]
    public async Task The_text_to_confirm_ends_with_what_becomes_of_the_old_one(MigrationStage? stopAfter, bool atTermEnd, string end)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new MigrationRunOptions { StopAfter = stopAfter, Suspensions = new SuspensionOptions { AtTermEnd = atTermEnd } };

        var plan = await run.Client.Runs.PlanAsync(await run.FindAsync(), options, default);

        Assert.EndsWith("to replace Dynamics AX Enterprise" + end, plan.ActionText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_to_confirm_tells_what_is_not_suspended_and_what_is_left_alone_and_why()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var few = await run.FindAsync(query => query.Customers = ["New commerce source", "Paid for the year", "More users than seats"]);
        var all = await run.FindAsync(query => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true));

        var fewPlan = await run.Client.Runs.PlanAsync(few, new MigrationRunOptions(), default);
        var allPlan = await run.Client.Runs.PlanAsync(all, new MigrationRunOptions(), default);

        // Thirty days are left of the ten seats.
        Assert.EndsWith("; suspend 1 source; cancel 1 source at the end of its term (new commerce); source and target are both billed for 300 seat-days", fewPlan.ActionText, StringComparison.Ordinal);
        Assert.Equal("Left alone: CRM Online Professional of More users than seats (TooFewSeats); Test-SubscriptionMigration shows the reason.", fewPlan.LeftAloneText);
        Assert.All(
            ["reactivate 10 seats of Dynamics 365 Team Members in 1 subscription", "add 9 seats to Dynamics 365 Team Members in 1 subscription", " from 1 trial", "use 2 targets that are there", "(another channel)"],
            part => Assert.Contains(part, allPlan.ActionText, StringComparison.Ordinal));
        Assert.All(["3 TargetNotOnSale", "2 NoTarget", "1 OfferLimitReached"], part => Assert.Contains(part, allPlan.LeftAloneText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Limited offer suspended", @"^Reactivate Dynamics 365 Team Members \([0-9A-F-]{36}\) with 10 seats, to replace CRM Online Essential; move")]
    [InlineData("Successor with free seats", @"^Nothing to buy, Dynamics 365 Customer Engagement Plan .*\([0-9A-F-]{36}\) is there, to replace CRM Online Professional; move")]
    public async Task The_text_to_confirm_tells_a_purchase_from_what_is_there_already(string customer, string cost)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var plan = await run.Client.Runs.PlanAsync(await run.FindAsync(customer), new MigrationRunOptions(), default);

        Assert.Matches(cost, plan.ActionText);
    }
}
