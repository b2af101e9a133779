using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 13: suspending sets the status. A new-commerce source ends with its term instead (rule 25); -Immediate suspends all the same,
/// -Cancel deletes within the 7 days.
/// </summary>
public sealed class Rule13SuspensionTests
{
    private const string JustBought = "New commerce source just bought";

    [Fact]
    public async Task A_legacy_source_becomes_suspended_and_nothing_else_of_it_changes()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var before = Assert.Single(run.Customer().Subscriptions);

        var ended = Assert.Single(await run.MigrateAsync());

        Assert.Equal((SuspensionOutcome.Suspended, "suspended", before.Id), (ended.Outcome, ended.Status, ended.SubscriptionId));
        Assert.Equal(before with { Status = "suspended" }, run.Subscription(before.Id));
    }

    [Fact]
    public async Task What_is_suspended_already_is_left_so()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var first = Assert.Single(await run.MigrateAsync());
        var writes = run.Writes();

        var again = Assert.Single(await run.SuspendAsync(first.CustomerId, first.SubscriptionId!, new()));

        Assert.Equal((SuspensionOutcome.AlreadySuspended, first.SuspendedOn, first.ReactivateBefore), (again.Outcome, again.SuspendedOn, again.ReactivateBefore));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task A_new_commerce_source_that_renews_stops_renewing_and_stays_active()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("New commerce source");
        await service.ChangeSubscriptionAsync(customer, customer.Subscriptions[0].Id, ("autoRenewEnabled", true));
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([customer.CompanyName], true));
        var moves = await run.MoveAsync(await run.BuyAsync(rows));
        var writes = run.Writes();

        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Equal((SuspensionOutcome.EndsWithTerm, "active"), (ended.Outcome, ended.Status));
        Assert.Null(ended.SuspendedOn);
        var source = run.Subscription(customer.Subscriptions[0].Id);
        Assert.Equal(("active", false), (source.Status, source.AutoRenewEnabled));
        Assert.Equal(writes + 1, run.Writes());
    }

    [Fact]
    public async Task Immediate_suspends_it_all_the_same()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync("New commerce source"), ending: new SuspensionOptions { Immediate = true }));

        Assert.Equal((SuspensionOutcome.Suspended, "suspended"), (ended.Outcome, run.Subscription(ended.SubscriptionId!).Status));
    }

    // Bought an hour before the scenario begins: seven days end an hour before noon of 17 March.
    [Theory]
    [InlineData("2026-03-10T12:00:00Z", true)]
    [InlineData("2026-03-17T10:59:59Z", true)]
    [InlineData("2026-03-17T11:00:01Z", false)]
    public async Task Cancel_deletes_within_seven_days_and_not_after(string when, bool isPossible)
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var source = await run.FindOneAsync(JustBought);
        var moves = await run.MoveAsync([await run.BuyOneAsync(source, new PurchaseOptions { Commerce = CommerceChoice.New })]);
        var writes = run.Writes();
        time.Set(when);

        var ended = await run.SuspendAsync(moves, new SuspensionOptions { Cancel = true });

        if (isPossible)
        {
            Assert.Equal((SuspensionOutcome.Cancelled, "deleted"), (Assert.Single(ended).Outcome, ended[0].Status));
            Assert.Equal("deleted", run.Subscription(source.SubscriptionId!).Status);
        }
        else
        {
            Assert.Empty(ended);
            Assert.Equal("TooLateToUndo", run.TakeError().ErrorId);
            Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
            Assert.Equal(writes, run.Writes());
        }
    }

    [Fact]
    public async Task A_legacy_source_is_canceled_by_being_suspended()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(), ending: new SuspensionOptions { Cancel = true }));

        Assert.Equal((SuspensionOutcome.Suspended, "suspended"), (ended.Outcome, run.Subscription(ended.SubscriptionId!).Status));
    }

    [Theory]
    [InlineData(false, false, SuspensionOutcome.EndsWithTerm)]
    [InlineData(true, false, SuspensionOutcome.Suspended)]
    [InlineData(false, true, SuspensionOutcome.Cancelled)]
    public async Task A_plan_sends_nothing_and_is_what_the_run_does(bool immediate, bool cancel, SuspensionOutcome outcome)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var options = new PurchaseOptions { Commerce = CommerceChoice.New };
        var ending = new SuspensionOptions { Immediate = immediate, Cancel = cancel };
        var rows = await run.FindAsync(JustBought);

        var planned = Assert.Single(await run.SuspendAsync(await run.MoveAsync(await run.BuyAsync(rows, options, planOnly: true)), ending));
        Assert.Equal(0, run.Writes());
        var done = Assert.Single(await run.FinishAsync(rows, options, ending));

        Assert.True(planned.IsPlanned && !done.IsPlanned);
        Assert.Equal((outcome, outcome, planned.Status), (planned.Outcome, done.Outcome, done.Status));
    }
}
