using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 24: it can be made active again, and its data stays, until the earlier of 90 days after the suspension and the end
/// of the term; its data is gone by 120 days after it. UTC, the end of the day included.
/// </summary>
public sealed class Rule24RetentionTests
{
    // Contoso's term ends with 9 April.
    [Theory]
    [InlineData("2026-03-10T00:00:00Z", "2026-07-08T23:59:59Z")]
    [InlineData("2026-03-10T12:34:56Z", "2026-07-08T23:59:59Z")]
    [InlineData("2026-03-10T23:59:59Z", "2026-07-08T23:59:59Z")]
    public async Task Near_the_end_of_the_term_that_end_counts(string suspendedOn, string deletedBy)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime(suspendedOn));

        var ended = Assert.Single(await run.MigrateAsync());

        Assert.Equal(SettableTime.Moment(suspendedOn), ended.SuspendedOn);
        Assert.Equal(SettableTime.Moment("2026-04-09T23:59:59Z"), ended.ReactivateBefore);
        Assert.Equal(ended.ReactivateBefore, ended.DataDeletedFrom);
        Assert.Equal(SettableTime.Moment(deletedBy), ended.DataDeletedBy);
        Assert.Equal(TimeSpan.Zero, ended.ReactivateBefore!.Value.Offset);
    }

    [Theory]
    [InlineData("commitmentEndDate", "9999-12-31T00:00:00Z")]
    [InlineData("commitmentEndDateTime", "9999-12-31T23:59:59.9999999Z")]
    public async Task What_has_no_end_can_be_suspended_too(string member, string end)
    {
        var spoiler = AnswerSpoiler.OfSubscriptions(subscription =>
        {
            _ = subscription.Remove("commitmentEndDateTime");
            subscription[member] = end;
            return subscription;
        });
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite), time: new SettableTime("2026-03-10T12:00:00Z"));
        var source = Assert.Single(await run.FindAsync());
        spoiler.IsOn = true;

        var verdict = (await run.CheckAsync(source)).Verdict;
        var ended = Assert.Single(await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new SuspensionOptions { Reason = SuspensionReason.NonPayment }));

        Assert.NotEqual(ReadinessVerdict.Blocked, verdict);
        Assert.Equal(SettableTime.Moment("2026-06-08T23:59:59Z"), ended.ReactivateBefore);
    }

    [Theory]
    [InlineData("2026-04-08T23:00:00Z", false)]
    [InlineData("2026-04-09T01:00:00Z", true)]
    public async Task Readiness_and_plan_warn_where_no_day_is_left_to_make_it_active_again(string now, bool isWarned)
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var rows = await run.FindAsync();
        time.Set(now);

        var checks = (await run.CheckAsync(Assert.Single(rows))).Checks;
        _ = await run.BuyAsync(rows, planOnly: true);

        Assert.Equal(isWarned, checks.Any(check => check is { Rule: "Source", Result: ReadinessResult.Warn } && check.Message.Contains("no day is left", StringComparison.Ordinal)));
        Assert.Equal(isWarned, run.Observer.Warnings.Any(warning => warning.Contains("no day is left", StringComparison.Ordinal)));
    }

    // This one's term ends after two hundred days, on 26 September.
    [Theory]
    [InlineData("2026-03-10T12:00:00Z", "2026-06-08T23:59:59Z")]
    [InlineData("2026-06-27T12:00:00Z", "2026-09-25T23:59:59Z")]
    [InlineData("2026-06-28T12:00:00Z", "2026-09-26T23:59:59Z")]
    [InlineData("2026-06-29T12:00:00Z", "2026-09-26T23:59:59Z")]
    public async Task Far_from_it_ninety_days_count(string suspendedOn, string reactivateBefore)
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        time.Set(suspendedOn);

        var ended = await SuspendTheRenewingOneAsync(run);

        Assert.Equal(SettableTime.Moment(reactivateBefore), ended.ReactivateBefore);
        Assert.Equal(ended.ReactivateBefore, ended.DataDeletedFrom);
        Assert.Equal(new DateTimeOffset(SettableTime.Moment(suspendedOn).UtcDateTime.Date.AddDays(121).AddSeconds(-1), TimeSpan.Zero), ended.DataDeletedBy);
    }

    [Fact]
    public async Task A_plan_names_the_same_dates()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();

        var planned = Assert.Single(await run.SuspendAsync(await run.MoveAsync(await run.BuyAsync(rows, planOnly: true))));
        var done = Assert.Single(await run.FinishAsync(rows));

        Assert.Equal(
            (planned.SuspendedOn, planned.ReactivateBefore, planned.DataDeletedFrom, planned.DataDeletedBy),
            (done.SuspendedOn, done.ReactivateBefore, done.DataDeletedFrom, done.DataDeletedBy));
    }

    [Fact]
    public async Task Until_the_last_moment_of_the_term_it_can_be_made_active_again()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var ended = Assert.Single(await run.MigrateAsync());
        time.Set("2026-04-09T23:59:59Z");

        var row = await run.ResumeAsync(ended.CustomerId, ended.SubscriptionId!);

        Assert.Equal("active", row.Status);
        Assert.Equal("active", run.Subscription(ended.SubscriptionId!).Status);
    }

    [Fact]
    public async Task A_second_later_it_is_too_late()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var ended = Assert.Single(await run.MigrateAsync());
        time.Set("2026-04-10T00:00:00Z");
        var writes = run.Writes();

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.ResumeAsync(ended.CustomerId, ended.SubscriptionId!));

        Assert.Equal("TooLateToReactivate", error.ErrorId);
        Assert.Equal((ended.CustomerId, ended.SubscriptionId), (error.CustomerId, error.SubscriptionId));
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("2026-06-08T23:59:59Z", true)]
    [InlineData("2026-06-09T00:00:00Z", false)]
    public async Task The_same_with_the_ninetieth_day(string when, bool isPossible)
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var ended = await SuspendTheRenewingOneAsync(run);
        time.Set(when);

        var resume = () => run.ResumeAsync(ended.CustomerId, ended.SubscriptionId!);

        if (isPossible)
        {
            Assert.Equal("active", (await resume()).Status);
        }
        else
        {
            Assert.Equal("TooLateToReactivate", (await Assert.ThrowsAsync<CspMigrationException>(resume)).ErrorId);
        }
    }

    [Fact]
    public async Task What_is_active_already_is_left_so()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        Assert.Equal("active", (await run.ResumeAsync(source.CustomerId, source.SubscriptionId!)).Status);

        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task What_was_not_suspended_has_no_such_dates()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(), ending: new() { AtTermEnd = true }));

        Assert.Equal((null, null, null, null), (ended.SuspendedOn, ended.ReactivateBefore, ended.DataDeletedFrom, ended.DataDeletedBy));
    }

    private static async Task<SuspendedSubscription> SuspendTheRenewingOneAsync(SandboxRun run)
    {
        var customer = run.Customer("Successor with free seats");
        var renewing = customer.Subscriptions.Single(subscription => subscription.OfferId == Ids.EngagementPlan1);
        return Assert.Single(await run.SuspendAsync(customer.Id, renewing.Id, new() { Reason = SuspensionReason.CustomerRequest }));
    }
}
