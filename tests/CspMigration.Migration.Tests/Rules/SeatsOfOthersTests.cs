using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Sources of one customer that come apart: what was bought for one is not another's while its users have yet to move.</summary>
public sealed class SeatsOfOthersTests
{
    // Ten seats and eight users of the one, ten and five of the other, all of these among the eight; both move to one plan, of which one may have any number.
    private const string Two = "Add-on contained in the plan";

    // Seven users each, three of them both; the target can be had once.
    private const string Limited = "Two sources and one target";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_batches_buy_what_they_need_each(bool isPlanned)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Limited);
        var options = new PurchaseOptions { Target = "Dynamics 365 Customer Engagement Plan" };

        var first = await run.BuyOneAsync(rows[0], options);
        var second = await run.BuyOneAsync(rows[1], options, isPlanned);

        Assert.Equal((TargetOutcome.Purchased, 10), (first.Outcome, first.Quantity));
        Assert.Equal((TargetOutcome.Purchased, 10), (second.Outcome, second.Quantity));
    }

    [Fact]
    public async Task Seats_are_added_in_two_batches_as_in_one()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Limited);

        var first = await run.BuyOneAsync(rows[0]);
        var second = await run.BuyOneAsync(rows[1]);
        _ = await run.SuspendAsync(await run.MoveAsync([first, second]));

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Purchased, TargetOutcome.Resized, 20), (first.Outcome, second.Outcome, run.Subscription(first.TargetSubscriptionId!).Quantity));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_after_one_purchase_is_finished_by_the_same_command()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Limited);
        _ = await run.BuyOneAsync(rows[1]);

        var result = await run.RunAsync(rows);

        Assert.Empty(result.Failures);
        Assert.All(result.Migrations, migration => Assert.Equal(MigrationState.Completed, migration.State));
        Assert.Equal(20, run.Subscription(result.Migrations[0].TargetSubscriptionId!).Quantity);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Seats_are_free_again_once_the_users_they_were_bought_for_have_moved()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Limited);
        var options = new PurchaseOptions { Target = "Dynamics 365 Customer Engagement Plan", Quantity = 14 };
        _ = await run.MoveAsync([await run.BuyOneAsync(rows[0], options)]);

        // Seven of fourteen seats are left for the seven users of the other.
        var second = await run.BuyOneAsync(rows[1], options with { Quantity = null });

        Assert.Equal((TargetOutcome.Reused, 14), (second.Outcome, second.Quantity));
    }

    [Fact]
    public async Task Too_few_seats_of_an_earlier_run_are_warned_of_with_what_helps()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Limited);
        var bought = await run.BuyAsync(rows);
        var target = bought[0].TargetSubscriptionId!;
        using var service = new DirectService(run.Tenant);

        // Eleven users are to be moved to it.
        await service.ChangeSubscriptionAsync(run.Customer(Limited), target, ("quantity", 8));
        var readiness = await run.Client.Readiness.CheckAsync(rows, new PurchaseOptions(), default, default);
        run.Observer.Messages.Clear();
        _ = await run.BuyAsync(rows, planOnly: true);

        var remedy = $"Set-Subscription -CustomerId {rows[0].CustomerId} -SubscriptionId {target} -Quantity 11";
        Assert.All(readiness, source => Assert.Equal((ReadinessVerdict.Warning, "TooFewSeats"), (source.Verdict, source.ErrorId)));
        Assert.Contains(run.Observer.Messages, message => message.EndsWith(remedy, StringComparison.Ordinal));

        await service.ChangeSubscriptionAsync(run.Customer(Limited), target, ("quantity", 11));
        var result = await run.RunAsync(rows);
        Assert.Empty(result.Failures);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Who_holds_the_target_already_needs_no_seat()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Two);
        var bought = await run.BuyOneAsync(rows[0], new PurchaseOptions { Quantity = 8 });
        using var service = new DirectService(run.Tenant);
        foreach (var user in run.Customer(Two).Users.Where(user => user.Licenses.Count > 0).Take(3))
        {
            await service.AssignAsync(run.Customer(Two), user, bought.SkuId!);
        }

        // Five seats are left for the five of eight who have none.
        run.Observer.Messages.Clear();
        _ = await run.BuyOneAsync(rows[0]);

        Assert.DoesNotContain(run.Observer.Messages, message => message.Contains("too few", StringComparison.Ordinal));
    }
}
