using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 23: units of one SKU are pooled over subscriptions. Moved are at most the consumed units less those of the other
/// active subscriptions that stay; sources of one SKU are moved as one; suspended is what the others can carry.
/// </summary>
public sealed class Rule23PoolTests
{
    private const string OneOfTwo = "One SKU twice and one expiring";
    private const string BothOfTwo = "One SKU twice and both expiring";

    [Fact]
    public async Task Only_those_move_whom_the_subscriptions_that_stay_cannot_carry()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(OneOfTwo))));

        Assert.Equal((4, 10, 0, true), (move.Moved, move.Skipped, move.Remaining, move.IsComplete));
        Assert.Equal(10, Holders(run, OneOfTwo).Count);
    }

    [Fact]
    public async Task By_user_name_where_nobody_says_whom()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var byName = Holders(run, OneOfTwo).Order(StringComparer.OrdinalIgnoreCase).Take(4).ToList();

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(OneOfTwo))));

        Assert.Equal(byName, Moved(move));
    }

    [Fact]
    public async Task Or_those_asked_for_and_no_more_than_needed()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var last = Holders(run, OneOfTwo).OrderDescending(StringComparer.OrdinalIgnoreCase).Take(6).ToList();

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(OneOfTwo)), new LicenseMoveOptions { Users = last }));

        Assert.Equal((4, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Subset(last.ToHashSet(), Moved(move).ToHashSet());
    }

    [Fact]
    public async Task Fewer_asked_for_leave_the_rest_for_later()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var one = Holders(run, OneOfTwo).Order(StringComparer.OrdinalIgnoreCase).Last();
        var bought = await run.BuyAsync(await run.FindAsync(OneOfTwo));

        var first = Assert.Single(await run.MoveAsync(bought, new LicenseMoveOptions { Users = [one] }));
        Assert.Empty(await run.SuspendAsync([first]));
        var error = run.TakeError();
        var second = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((1, 3, false), (first.Moved, first.Remaining, first.IsComplete));
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Equal((3, 0, true), (second.Moved, second.Remaining, second.IsComplete));
        Assert.DoesNotContain(one, Holders(run, OneOfTwo));
    }

    [Fact]
    public async Task A_name_among_those_asked_for_that_no_holder_has_is_told()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var one = Holders(run, OneOfTwo).Order(StringComparer.OrdinalIgnoreCase).First();
        var bought = await run.BuyAsync(await run.FindAsync(OneOfTwo));

        _ = await run.MoveAsync(bought, new LicenseMoveOptions { Users = [one, "nobody.*"] });

        var warning = Assert.Single(run.Observer.Messages, warning => warning.Contains("no holder of", StringComparison.Ordinal));
        Assert.Contains(" matches \"nobody.*\". ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_suspended_while_the_other_carries_all_who_are_left()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(OneOfTwo)));

        Assert.Equal(SuspensionOutcome.Suspended, ended.Outcome);
        Assert.Equal(10, Holders(run, OneOfTwo).Count);
        Assert.Equal(10, Active(run, OneOfTwo));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task With_one_user_too_many_it_is_not()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(OneOfTwo)));
        var customer = run.Customer(OneOfTwo);
        await service.AssignAsync(customer, customer.Users.First(user => user.Licenses.All(license => license.SkuId != Ids.CrmProfessionalSku)), Ids.CrmProfessionalSku);

        Assert.Empty(await run.SuspendAsync(moves));

        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Contains("1 user", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_of_one_SKU_are_moved_as_one()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);

        var moves = await run.MoveAsync(await run.BuyAsync(rows));

        Assert.Equal(2, moves.Count);
        Assert.Equal(14, moves.Sum(move => move.Moved));
        Assert.All(moves, move => Assert.Equal((0, true), (move.Remaining, move.IsComplete)));
        Assert.Empty(Holders(run, BothOfTwo));
    }

    [Fact]
    public async Task One_of_two_that_both_expire_leaves_the_other_its_ten()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);

        var first = Assert.Single(await run.FinishAsync([rows[0]]));

        Assert.Equal(SuspensionOutcome.Suspended, first.Outcome);
        Assert.Equal(10, Holders(run, BothOfTwo).Count);
    }

    [Fact]
    public async Task And_when_the_other_follows_later_all_are_moved()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        _ = await run.FinishAsync([(await run.FindAsync(BothOfTwo))[0]]);
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var ended = await later.FinishAsync(await later.FindAsync(BothOfTwo));

        Assert.Empty(later.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Empty(Holders(run, BothOfTwo));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("Dynamics 365 Sales", false, TargetOutcome.Purchased)]
    // Whose mark is gone is known by the journal; what the customer had and was given seats for it, by the mark of those.
    [InlineData("Dynamics 365 Sales", true, TargetOutcome.Purchased)]
    [InlineData("Dynamics 365 Team Members", false, TargetOutcome.Resized)]
    public async Task A_subscription_with_a_target_of_its_own_does_not_stay(string target, bool isRenamed, TargetOutcome outcome)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(BothOfTwo), Ids.TeamMembers, 1, "Own");
        var rows = await run.FindAsync(BothOfTwo);
        var targets = new List<TargetSubscription> { Assert.Single(await run.BuyAsync([rows[0]])) };
        targets.AddRange(await run.BuyAsync([rows[1]], new() { Target = target }));
        Assert.Equal(outcome, targets[1].Outcome);
        if (isRenamed)
        {
            await service.ChangeSubscriptionAsync(run.Customer(BothOfTwo), targets[1].TargetSubscriptionId!, ("friendlyName", "Sales"));
        }

        Assert.Empty(run.Errors);

        // The first is asked for alone; the other has a target, so no one can stay on it.
        var move = Assert.Single(await run.MoveAsync([targets[0]]));

        Assert.Equal(2, targets.Select(target => target.TargetSubscriptionId).Distinct().Count());
        Assert.Equal(10, move.Moved);
        Assert.Equal(4, move.Remaining);
        Assert.Equal(4, move.Users.Count(user => user.Outcome == UserMoveOutcome.NoFreeSeat));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 4)]
    public async Task The_second_of_two_bought_apart_counts_the_seats_that_are_free_for_the_first(bool rightSize, int seats)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        _ = await run.BuyOneAsync(rows[0]);

        // Fourteen users, ten of whom have a seat: four are left.
        Assert.Equal(seats, (await run.BuyOneAsync(rows[1], new() { RightSize = rightSize })).Quantity);
    }

    [Fact]
    public async Task Seats_that_are_taken_already_do_not_count_for_the_second()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        _ = await run.MoveAsync([await run.BuyOneAsync(rows[0], new() { Quantity = 5 })]);

        Assert.Equal(9, (await run.BuyOneAsync(rows[1], new() { RightSize = true })).Quantity);
    }

    [Fact]
    public async Task A_plan_counts_the_pool_as_the_run_does()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        foreach (var customer in new[] { OneOfTwo, BothOfTwo })
        {
            var rows = await run.FindAsync(customer);
            var writes = run.Writes();
            var planned = await run.MoveAsync(await run.BuyAsync(rows, planOnly: true));
            Assert.Equal(writes, run.Writes());
            var moved = await run.MoveAsync(await run.BuyAsync(rows));

            Assert.Equal(planned.Select(Essence), moved.Select(Essence));
        }

        static (string?, int, int, int?, bool) Essence(LicenseMove move) => (move.SourceSubscriptionId, move.Moved, move.Skipped, move.Remaining, move.IsComplete);
    }

    private static List<string> Holders(SandboxRun run, string customer) =>
    [
        .. run.Customer(customer).Users
            .Where(user => user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku))
            .Select(user => user.UserPrincipalName),
    ];

    private static int Active(SandboxRun run, string customer) => run.Customer(customer).Subscriptions
        .Where(subscription => subscription.Status == "active" && subscription.SkuId == Ids.CrmProfessionalSku)
        .Sum(subscription => subscription.Quantity);

    private static List<string> Moved(LicenseMove move) =>
        [.. move.Users.Where(user => user.Outcome == UserMoveOutcome.Moved).Select(user => user.UserPrincipalName!).Order(StringComparer.OrdinalIgnoreCase)];
}
