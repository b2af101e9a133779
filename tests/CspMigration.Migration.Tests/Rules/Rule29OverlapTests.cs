using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 29: for how many days source and target are both billed, by how the source ends.</summary>
public sealed class Rule29OverlapTests
{
    // The term of contoso's source ends on 9 April: 30 days after 10 March.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 30)]
    public async Task A_legacy_source_is_billed_beside_its_target_only_where_it_is_left_to_its_end(bool atTermEnd, int days)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();
        var options = new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = atTermEnd } };

        var planned = Assert.Single((await run.RunAsync(rows, options, planOnly: true)).Migrations);
        var done = Assert.Single((await run.RunAsync(rows, options)).Migrations);

        Assert.Equal((days, days), (planned.Target!.OverlapDays, done.Target!.OverlapDays));
        Assert.Equal(days, Assert.Single(run.Client.Status.Read()).Target!.OverlapDays);
        Assert.Equal(days, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, MigrationStage.Licenses, false)]
    [InlineData(false, null, false)]
    public async Task What_is_confirmed_for_a_run_says_so(bool atTermEnd, MigrationStage? stopAfter, bool says)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var options = new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = atTermEnd }, StopAfter = stopAfter };

        var plan = await run.Client.Runs.PlanAsync(await run.FindAsync(), options, default);

        Assert.Equal(says, plan.ActionText.Contains("both are billed for 30 days", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Transition of all seats", MigrationMethod.Purchase, true, 30, "until 2026-06-17")]
    [InlineData("Transition of all seats", MigrationMethod.Transition, true, 0, "unknown")]
    [InlineData("Transition of all seats", MigrationMethod.Renewal, true, 0, "until 2026-07-17")]
    [InlineData("Renewal only", MigrationMethod.Transition, false, null, null)]
    [InlineData("Neither", MigrationMethod.Renewal, false, null, null)]
    public async Task Readiness_and_plan_show_for_each_method_what_it_costs_and_until_when_it_can_be_taken_back(string customer, MigrationMethod method, bool isAvailable, int? days, string? window)
    {
        using var run = await SandboxRun.StartAsync("new-commerce:legacyCommerce=closed", time: new SettableTime("2026-06-10T12:00:00Z"));
        var rows = await run.FindAsync(customer);

        var ready = Assert.Single(await run.Client.Readiness.CheckAsync(rows, new PurchaseOptions(), default, default)).Methods.Single(preview => preview.Method == method);
        var planned = Assert.Single(await run.BuyAsync(rows, planOnly: true)).Methods.Single(preview => preview.Method == method);

        Assert.Equal(ready, planned);
        Assert.Equal((isAvailable, days, window, window), (ready.IsAvailable, ready.OverlapDays, ready.Reduction, ready.Cancellation));
        Assert.Equal(isAvailable, ready.Reason is null);
        Assert.Equal(window?.StartsWith("until", StringComparison.Ordinal) == true ? window[6..] : null, ready.CancelableUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_legacy_purchase_can_be_reduced_at_any_time_and_of_a_target_that_is_there_the_service_says_until_when()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();

        var preview = Assert.Single(await run.BuyAsync(rows, planOnly: true)).Methods[0];
        var bought = Assert.Single(await run.BuyAsync(rows, new PurchaseOptions { Commerce = CommerceChoice.New }));

        Assert.Equal((MigrationMethod.Purchase, "at any time", "at any time by suspending it", null), (preview.Method, preview.Reduction, preview.Cancellation, preview.ReducibleUntil));
        Assert.Equal((SettableTime.Moment("2026-03-17T12:00:00Z"), 0), (bought.CancelableUntil, bought.Methods.Count));
        Assert.Equal(bought.CancelableUntil, Assert.Single(await RefreshAsync(run)).Target!.CancelableUntil);
    }

    [Fact]
    public async Task One_left_to_its_end_that_somebody_made_renew_again_counts_as_ended_by_default()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();
        _ = await run.RunAsync(rows, new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = true } });
        _ = await run.SetAsync(rows[0], new SubscriptionSettings { AutoRenew = true });

        Assert.Equal(0, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    // This one's term ends on 10 July: 30 days after 10 June.
    [Fact]
    public async Task A_source_of_new_commerce_is_billed_through_its_term_and_the_journal_alone_says_so()
    {
        using var run = await SandboxRun.StartAsync("new-commerce", time: new SettableTime("2026-06-10T12:00:00Z"));

        var done = Assert.Single((await run.RunAsync(await run.FindAsync("Neither"))).Migrations);
        var known = Assert.Single(run.Client.Status.Read());

        Assert.Equal((30, 30, CommerceKind.NewCommerce), (done.Target!.OverlapDays, known.Target!.OverlapDays, known.Source!.Commerce));
        Assert.Equal(30, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    [Theory]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.EndsWithTerm, 30)]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.Suspended, 30)]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.Cancelled, 4)]
    [InlineData(CommerceKind.Legacy, SuspensionOutcome.LeftToTermEnd, 30)]
    [InlineData(CommerceKind.Legacy, SuspensionOutcome.Suspended, 0)]
    [InlineData(CommerceKind.OtherChannel, SuspensionOutcome.LeftToOtherChannel, null)]
    public void The_actual_ending_counts(CommerceKind commerce, SuspensionOutcome ending, int? days)
    {
        var source = new ExpiringSubscription { Commerce = commerce, CommitmentEndDate = SettableTime.Moment("2026-07-10T23:59:59Z") };

        Assert.Equal(days, Overlap.DaysOf(source, TargetOutcome.Purchased, SettableTime.Moment("2026-06-10T12:00:00Z"), ending, SettableTime.Moment("2026-06-14T08:00:00Z")));
    }

    private static async Task<List<SubscriptionMigration>> RefreshAsync(SandboxRun run)
    {
        var refreshed = new List<SubscriptionMigration>();
        var operation = run.Client;
        await operation.Status.RefreshAsync(operation.Status.Read(), [], Results.Into(refreshed), (_, error) => run.Errors.Add(error), default);
        Assert.Empty(run.Errors);
        return refreshed;
    }
}
