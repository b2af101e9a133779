using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 14: nothing is refunded; -AtTermEnd leaves the source to expire and says on which date.</summary>
public sealed class Rule14TermEndTests
{
    private static readonly SuspensionOptions AtTermEnd = new() { AtTermEnd = true };

    [Theory]
    [InlineData("Paid for the year", SuspensionOutcome.LeftToTermEnd, 0)]
    [InlineData("New commerce source", SuspensionOutcome.EndsWithTerm, 1)]
    public async Task The_old_one_is_left_to_run_out_and_the_date_is_said(string customer, SuspensionOutcome outcome, int changes)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(customer);
        var moves = await run.MoveAsync(await run.BuyAsync([source]));
        var writes = run.Writes();

        var ended = Assert.Single(await run.SuspendAsync(moves, AtTermEnd));

        Assert.Equal((outcome, "active"), (ended.Outcome, ended.Status));
        Assert.Contains(source.CommitmentEndDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ended.Reason, StringComparison.Ordinal);
        Assert.Null(ended.SuspendedOn);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
        Assert.Equal(writes + changes, run.Writes());
    }

    [Fact]
    public async Task One_that_renews_stops_renewing()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer(), run.Customer().Subscriptions[0].Id, ("autoRenewEnabled", true));
        var rows = await run.FindAsync(query => query.IncludeAutoRenew = true);

        var ended = Assert.Single(await run.FinishAsync(rows, ending: AtTermEnd));

        Assert.Equal(SuspensionOutcome.LeftToTermEnd, ended.Outcome);
        var source = run.Subscription(ended.SubscriptionId!);
        Assert.Equal(("active", false), (source.Status, source.AutoRenewEnabled));
    }

    [Fact]
    public async Task It_runs_out_by_itself_on_that_day()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(), ending: AtTermEnd));
        Assert.Contains("2026-04-09", ended.Reason, StringComparison.Ordinal);

        time.Set("2026-04-09T23:59:59Z");
        Assert.Equal("active", await StatusAsync(run, ended));
        time.Set("2026-04-10T00:00:00Z");
        Assert.Equal("expired", await StatusAsync(run, ended));
    }

    [Fact]
    public async Task Suspending_what_is_paid_for_the_year_warns_that_nothing_is_refunded()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var paid = await run.MoveAsync(await run.BuyAsync(await run.FindAsync("Paid for the year")));
        var monthly = await run.MoveAsync(await run.BuyAsync(await run.FindAsync("Reseller of record")));

        var ofPaid = await run.Client.Suspensions.PlanAsync(SuspensionRequest.From(paid[0]), new SuspensionOptions(), CancellationToken.None);
        var ofMonthly = await run.Client.Suspensions.PlanAsync(SuspensionRequest.From(monthly[0]), new SuspensionOptions(), CancellationToken.None);

        Assert.Contains("refunded", ofPaid.Warning, StringComparison.Ordinal);
        Assert.Contains("-AtTermEnd", ofPaid.Warning, StringComparison.Ordinal);
        Assert.Null(ofMonthly.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_left_to_run_out_stays_so_when_the_line_is_run_again_without_saying_it(bool isSaved)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        _ = await run.FinishAsync(await run.FindAsync(), ending: AtTermEnd);
        var writes = run.Writes();
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        // A move that was saved has only its ids.
        var request = SuspensionRequest.From(move);
        request = isSaved
            ? new SuspensionRequest { CustomerId = request.CustomerId, SubscriptionId = request.SubscriptionId, LicensesMoved = true }
            : request;
        var again = Assert.Single(await run.SuspendAsync([request]));

        Assert.Equal((SuspensionOutcome.LeftToTermEnd, "active"), (again.Outcome, again.Status));
        Assert.Equal(writes, run.Writes());
        Assert.Equal("active", run.Subscription(again.SubscriptionId!).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_left_to_run_out_is_suspended_where_that_is_asked_for(bool isById)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        _ = await run.FinishAsync(rows, ending: AtTermEnd);

        var ended = Assert.Single(isById
            ? await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions())
            : await run.FinishAsync(await run.FindAsync(), ending: new SuspensionOptions { Immediate = true }));

        Assert.Equal(SuspensionOutcome.Suspended, ended.Outcome);
        Assert.Equal("suspended", run.Subscription(ended.SubscriptionId!).Status);
    }

    [Fact]
    public async Task One_left_to_run_out_that_was_made_to_renew_since_is_ended_like_any_other()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        _ = await run.FinishAsync(rows, ending: AtTermEnd);
        _ = await run.SetAsync(rows[0], new SubscriptionSettings { AutoRenew = true });

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(query => query.IncludeAutoRenew = true)));

        Assert.Equal(SuspensionOutcome.Suspended, ended.Outcome);
    }

    [Fact]
    public async Task A_plan_sends_nothing_and_says_the_same()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();

        var planned = Assert.Single(await run.SuspendAsync(await run.MoveAsync(await run.BuyAsync(rows, planOnly: true)), AtTermEnd));
        Assert.Equal(0, run.Writes());
        var done = Assert.Single(await run.FinishAsync(rows, ending: AtTermEnd));

        Assert.True(planned.IsPlanned);
        Assert.Equal((planned.Outcome, planned.Reason, planned.Status), (done.Outcome, done.Reason, done.Status));
    }

    // The service's answer, not what the state held before anyone looked.
    private static async Task<string?> StatusAsync(SandboxRun run, SuspendedSubscription subscription)
    {
        using var service = new DirectService(run.Tenant);
        return (string?)(await service.GetAsync($"customers/{subscription.CustomerId}/subscriptions/{subscription.SubscriptionId}"))["status"];
    }
}
