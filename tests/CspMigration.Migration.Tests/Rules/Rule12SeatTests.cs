using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 12: the same SKU on both sides needs no reassignment; fewer seats than users are refused unless asked for; right size.</summary>
public sealed class Rule12SeatTests
{
    [Fact]
    public async Task The_same_directory_SKU_on_both_sides_moves_nobody_and_disrupts_nothing()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: SandboxRun.LoadEdgeCaseMap);
        var before = run.Customer("Same SKU on both sides");
        var bought = await run.BuyOneAsync(await run.FindOneAsync(before.CompanyName));
        var writes = run.Writes();

        var move = Assert.Single(await run.MoveAsync([bought]));
        Assert.Equal(writes, run.Writes());
        var ended = Assert.Single(await run.SuspendAsync([move]));

        Assert.False(bought.LicenseMoveNeeded);
        Assert.Equal((0, 0, 0, true), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.Equal(SuspensionOutcome.Suspended, ended.Outcome);
        Assert.Equal(
            before.Users.Select(user => user.Licenses.Single().SkuId),
            run.Customer(before.CompanyName).Users.Select(user => user.Licenses.Single().SkuId));
    }

    [Fact]
    public async Task The_same_offer_again_moves_nobody_either()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Successor with free seats");
        var plan = customer.Subscriptions.Single(subscription => subscription.OfferId == Ids.EngagementPlan1);
        await service.ChangeSubscriptionAsync(customer, plan.Id, ("autoRenewEnabled", false));
        var nextYear = run.Client.Discovery.EndOfWindow(365);
        var source = Assert.Single(
            await run.FindAsync(query => (query.Customers, query.Before) = ([customer.CompanyName], nextYear)), row => row.SubscriptionId == plan.Id);

        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Target = Ids.EngagementPlan1 });

        Assert.Equal((TargetOutcome.Purchased, 30, false), (bought.Outcome, bought.Quantity, bought.LicenseMoveNeeded));
        Assert.NotEqual(plan.Id, bought.TargetSubscriptionId);
    }

    [Fact]
    public async Task While_the_new_seats_of_the_same_SKU_are_not_there_the_old_ones_stay()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync("Same SKU on both sides");

        Assert.Empty(await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new()));

        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
    }

    [Fact]
    public async Task The_move_waits_for_the_new_seats_of_the_same_SKU_too_so_that_one_line_is_enough()
    {
        using var time = VirtualTime.Automatic();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", ProvisioningDelay = TimeSpan.FromMinutes(20), Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, configure: options =>
        {
            options.Time = time;
            SandboxRun.LoadEdgeCaseMap(options);
        });

        var ended = await run.FinishAsync(await run.FindAsync("Same SKU on both sides"));

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.InRange(time.Elapsed, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(25));
    }

    [Fact]
    public async Task The_move_waits_for_the_seats_of_all_subscriptions_of_the_target_whatever_their_availabilities()
    {
        using var time = VirtualTime.Automatic();
        var tenant = SandboxTenant.Create(new SandboxOptions { Scenario = "contoso:legacyCommerce=closed", ProvisioningDelay = TimeSpan.Zero, Time = time });
        var areThere = DateTimeOffset.MaxValue;
        using var run = await SandboxRun.ConnectAsync(
            tenant,
            inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/subscribedskus", StringComparison.Ordinal) && time.GetUtcNow() < areThere ? Late(text) : text),
            options => options.Time = time);
        var source = Assert.Single(await run.FindAsync());
        var own = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = "Dynamics 365 Unified Operations Plan", Quantity = 500, Term = "P1M" });
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer(source.CustomerName), own.TargetSubscriptionId!, ("autoRenewEnabled", false));
        run.Tenant.AdvanceClock(TimeSpan.FromDays(1));

        var bought = await run.BuyOneAsync(source);
        areThere = time.GetUtcNow().AddMinutes(10);
        _ = await run.MoveAsync([bought]);

        Assert.Empty(run.Errors);
        Assert.Equal(TargetOutcome.Purchased, bought.Outcome);
        Assert.NotEqual(run.Subscription(own.TargetSubscriptionId!).OfferId, run.Subscription(bought.TargetSubscriptionId!).OfferId);
        Assert.True(time.GetUtcNow() >= areThere);

        static string Late(string text)
        {
            var listed = JsonNode.Parse(text)!;
            foreach (var sku in listed["items"]!.AsArray().Where(sku => (int)sku!["activeUnits"]! > 500))
            {
                sku!["activeUnits"] = 500;
            }

            return listed.ToJsonString();
        }
    }

    [Fact]
    public async Task More_users_than_seats_are_TooFewSeats_before_anything_is_bought()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await run.RefusePurchaseAsync(await run.FindOneAsync("More users than seats"));

        Assert.Equal("TooFewSeats", error.ErrorId);
        Assert.Contains("8", error.Problem, StringComparison.Ordinal);
        Assert.Contains("5", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith($"New-TargetSubscription -CustomerId {error.CustomerId} -SubscriptionId {error.SubscriptionId} -Quantity 8", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Unless_the_number_is_asked_for()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("More users than seats");

        var ended = await run.FinishAsync([source], new PurchaseOptions { Quantity = 8 });

        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Fewer_seats_than_users_can_be_asked_for_and_move_as_many_as_there_are()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("More users than seats");

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 3 })]));

        Assert.Equal((3, 5, 5, false), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.All(move.Users.Where(user => user.Outcome != UserMoveOutcome.Moved), user => Assert.Equal(UserMoveOutcome.NoFreeSeat, user.Outcome));
    }

    [Theory]
    [InlineData("CRM Online Professional", 12)]
    [InlineData("AX Enterprise", 20)]
    public async Task Right_size_is_the_users_to_move_but_no_fewer_than_the_minimum(string customer, int seats)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var ended = await run.FinishAsync(await run.FindAsync(customer), new PurchaseOptions { RightSize = true });

        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Equal(seats, run.Customer(customer).Subscriptions.Single(subscription => subscription.Status == "active").Quantity);
    }

    [Fact]
    public async Task Right_size_buys_for_all_users_where_there_are_more_than_seats()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        Assert.Equal(8, (await run.BuyOneAsync(await run.FindOneAsync("More users than seats"), new PurchaseOptions { RightSize = true })).Quantity);
    }

    [Fact]
    public async Task Right_size_counts_only_those_who_depend_on_the_source()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        Assert.Equal(4, (await run.BuyOneAsync(await run.FindOneAsync("One SKU twice and one expiring"), new PurchaseOptions { RightSize = true })).Quantity);
    }
}
