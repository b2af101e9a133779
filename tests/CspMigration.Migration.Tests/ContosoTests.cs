using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>The documents' example, from AX Enterprise to Unified Operations.</summary>
public sealed class ContosoTests
{
    [Fact]
    public async Task The_line_leaves_one_new_subscription_all_users_on_it_and_the_old_one_suspended()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var suspended = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(suspended).Outcome);
        var state = run.Tenant.GetState();
        Assert.Empty(state.Violations);
        var customer = Assert.Single(state.Customers);
        var old = Assert.Single(customer.Subscriptions, subscription => subscription.Status == "suspended");
        var bought = Assert.Single(customer.Subscriptions, subscription => subscription.Status == "active");
        Assert.Equal(25, bought.Quantity);
        Assert.True(bought.AutoRenewEnabled);
        Assert.Equal(20, customer.Users.Count(user => user.Licenses.Any(license => license.SkuId == bought.SkuId)));
        Assert.DoesNotContain(customer.Users, user => user.Licenses.Any(license => license.SkuId == old.SkuId));
    }

    [Fact]
    public async Task Plans_that_were_off_stay_off_where_the_new_plan_has_them_and_are_named_where_it_has_not()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var before = run.Tenant.GetState().Customers[0].Users.ToDictionary(user => user.Id);

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        var after = run.Tenant.GetState().Customers[0].Users.ToDictionary(user => user.Id);
        var withPlansOff = 0;
        foreach (var user in move.Users)
        {
            var wasOff = Assert.Single(before[user.UserId].Licenses).DisabledPlans;
            var isOff = Assert.Single(after[user.UserId].Licenses).DisabledPlans;
            Assert.Equal(user.ExcludedPlans.Order(), isOff.Order());
            Assert.Subset(wasOff.ToHashSet(), isOff.ToHashSet());
            Assert.Equal(wasOff.Count, isOff.Count + user.LostPlans.Count);
            withPlansOff += wasOff.Count > 0 ? 1 : 0;
        }

        Assert.True(withPlansOff > 0);
        Assert.Contains(move.Users, user => user.ExcludedPlans.Count > 0);
        Assert.Contains(move.Users, user => user.LostPlans.Count > 0);
    }

    [Fact]
    public async Task The_same_line_again_sends_nothing()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        await run.MigrateAsync();
        var writes = run.Tenant.GetRequests().Writes;

        Assert.Empty(await run.MigrateAsync());

        Assert.Equal(writes, run.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_second_process_without_the_first_one_s_memory_finds_what_was_bought()
    {
        using var first = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await first.BuyAsync(await first.FindAsync()));
        using var second = await SandboxRun.ConnectAsync(first.Tenant);

        var found = Assert.Single(await second.FindAsync());
        var resumed = Assert.Single(await second.BuyAsync([found]));

        Assert.Equal(MigrationState.Purchased, found.MigrationState);
        Assert.Equal(TargetOutcome.Resumed, resumed.Outcome);
        Assert.Equal(bought.TargetSubscriptionId, resumed.TargetSubscriptionId);
        Assert.Single(first.Tenant.GetState().Customers[0].Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task Users_moved_by_an_earlier_run_are_left_alone()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var some = run.Tenant.GetState().Customers[0].Users.Where(user => user.Licenses.Count > 0).Take(8).Select(user => user.Id).ToList();
        var first = Assert.Single(await run.MoveAsync(bought, new() { Users = some }));
        Assert.Equal((8, 12, 12, false), (first.Moved, first.Skipped, first.Remaining, first.IsComplete));

        var second = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((12, 0, true), (second.Moved, second.Remaining, second.IsComplete));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task An_old_subscription_with_users_left_is_not_suspended()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var one = run.Tenant.GetState().Customers[0].Users.First(user => user.Licenses.Count > 0).UserPrincipalName;
        var moved = await run.MoveAsync(bought, new() { Users = [one] });

        Assert.Empty(await run.SuspendAsync(moved));

        Assert.Equal("HoldersRemain", Assert.Single(run.Errors).ErrorId);
        Assert.DoesNotContain(run.Tenant.GetState().Customers[0].Subscriptions, subscription => subscription.Status == "suspended");
    }

    [Fact]
    public async Task A_plan_sends_nothing_and_counts_what_a_run_would_do()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var planned = await run.BuyAsync(await run.FindAsync(), planOnly: true);
        var move = Assert.Single(await run.MoveAsync(planned));
        var suspended = Assert.Single(await run.SuspendAsync([move]));

        Assert.True(planned[0].IsPlanned && move.IsPlanned && suspended.IsPlanned);
        Assert.Equal((TargetOutcome.Purchased, 25), (planned[0].Outcome, planned[0].Quantity));
        Assert.Equal((20, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Equal(SuspensionOutcome.Suspended, suspended.Outcome);
        Assert.Equal(0, run.Tenant.GetRequests().Writes);
    }
}
