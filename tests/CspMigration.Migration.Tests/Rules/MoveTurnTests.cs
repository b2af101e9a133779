using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 23: whose turn it is to be moved. Who cannot be moved leaves the place to someone who can; each goes where a seat is.</summary>
public sealed class MoveTurnTests
{
    private const string OneOfTwo = "One SKU twice and one expiring";
    private const string BothOfTwo = "One SKU twice and both expiring";
    private const string SalesSku = "1e1a282c-9c54-43a2-9310-98ef728faace";
    private const string ServiceSku = "749742bf-0d37-4158-a120-33567104deeb";
    private const string Updates = "/v1/customers/{customerId}/users/{userId}/licenseupdates";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Users_without_a_usage_location_do_not_use_up_the_places_of_the_others(bool planOnly)
    {
        // Of fourteen, four have to move; the first six by name cannot.
        using var run = await StartWithoutLocationAsync(6);
        var rows = await run.FindAsync(OneOfTwo);

        var move = Assert.Single(await MoveAsync(run, rows, planOnly));

        Assert.Equal((4, 0, 10, 0, true), (move.Moved, move.Failed, move.Skipped, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task But_they_are_named_where_there_are_too_few_others()
    {
        using var run = await StartWithoutLocationAsync(12);

        var move = Assert.Single(await MoveAsync(run, await run.FindAsync(OneOfTwo), planOnly: true));

        Assert.Equal((2, 12, 0, 2, false), (move.Moved, move.Failed, move.Skipped, move.Remaining, move.IsComplete));
        Assert.Equal(12, move.Users.Count(user => user.Outcome == UserMoveOutcome.NoUsageLocation));
    }

    [Fact]
    public async Task Nobody_stays_on_seats_that_were_left_to_run_out()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(OneOfTwo);
        var customer = run.Customer(OneOfTwo);
        foreach (var user in customer.Users.Where(user => user.Licenses.Count > 0).Skip(8).ToList())
        {
            await service.DeleteUserAsync(customer, user);
        }

        var other = customer.Subscriptions.Single(subscription => subscription.SkuId == Ids.CrmProfessionalSku && subscription.Id != source.SubscriptionId);
        Assert.Equal(SuspensionOutcome.LeftToTermEnd, Assert.Single(await run.SuspendAsync(source.CustomerId, other.Id, new SuspensionOptions { AtTermEnd = true })).Outcome);

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync([source])));

        Assert.Equal((8, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync([move])).Outcome);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_plan_moves_as_many_as_the_seats_that_it_buys_for_several_sources()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        var planned = await run.BuyAsync(rows, new PurchaseOptions { Quantity = 10 }, planOnly: true);

        var plan = await run.MoveAsync(planned, planOnly: true);
        var moves = await run.MoveAsync(await run.BuyAsync(rows, new PurchaseOptions { Quantity = 10 }));

        Assert.Equal((10, 4), (plan.Sum(move => move.Moved), plan[0].Remaining));
        Assert.Equal((10, 4), (moves.Sum(move => move.Moved), moves[0].Remaining));
    }

    [Fact]
    public async Task Whoever_is_refused_leaves_the_turn_to_the_next()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(OneOfTwo);
        var bought = await run.BuyAsync(rows);
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900308", skip: 1, times: 3));

        var move = Assert.Single(await run.MoveAsync(bought, new LicenseMoveOptions { UsersAtOnce = 1 }));
        var ended = await run.SuspendAsync([move]);

        Assert.Empty(run.Errors);
        Assert.Equal((4, 3, 7, 0, true), (move.Moved, move.Failed, move.Skipped, move.Remaining, move.IsComplete));
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Where_seats_are_missing_nobody_else_is_tried()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var bought = await run.BuyAsync(await run.FindAsync(OneOfTwo), new PurchaseOptions { Quantity = 3 });

        var move = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((3, 1, 1), (move.Moved, move.Failed, move.Remaining));
        Assert.Equal(UserMoveOutcome.NoFreeSeat, Assert.Single(move.Users, user => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.Skipped)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_sources_of_one_SKU_with_two_targets_fill_both(bool planOnly)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        var targets = await BuyTwoTargetsAsync(run, rows, planOnly);

        var moves = await run.MoveAsync(targets, planOnly: planOnly);

        Assert.Empty(run.Errors);
        Assert.Equal([(10, 0, 0, true), (4, 0, 0, true)], moves.Select(move => (move.Moved, move.Failed, move.Remaining, move.IsComplete)));
        Assert.All(moves, move => Assert.All(move.Users, user => Assert.Equal(UserMoveOutcome.Moved, user.Outcome)));
        if (!planOnly)
        {
            Assert.Equal([10, 4], targets.Select(target => Holders(run, target.SkuId!)));
            Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.Suspended], (await run.SuspendAsync(moves)).Select(ended => ended.Outcome));
            Assert.Empty(run.Tenant.GetState().Violations);
        }
    }

    [Fact]
    public async Task The_rest_of_an_interrupted_move_goes_where_seats_are_left()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        var targets = await BuyTwoTargetsAsync(run, rows, planOnly: false);
        var names = run.Customer(BothOfTwo).Users.Where(user => user.Licenses.Count > 0).Select(user => user.UserPrincipalName).Order(StringComparer.OrdinalIgnoreCase).ToArray();

        _ = await run.MoveAsync(targets, new LicenseMoveOptions { Users = names[..7] });
        var moves = await run.MoveAsync(targets);

        Assert.Empty(run.Errors);
        Assert.Equal([10, 4], targets.Select(target => Holders(run, target.SkuId!)));
        Assert.Equal([3, 4], moves.Select(move => move.Moved));
        Assert.All(moves, move => Assert.True(move.IsComplete));
    }

    [Fact]
    public async Task Each_of_two_targets_takes_its_own_users_back()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(BothOfTwo);
        var targets = await BuyTwoTargetsAsync(run, rows, planOnly: false);
        _ = await run.SuspendAsync(await run.MoveAsync(targets));

        _ = await run.UndoAsync([(rows[1].CustomerId, rows[1].SubscriptionId!)]);

        Assert.Empty(run.Errors);
        Assert.Equal([10, 0, 4], [Holders(run, targets[0].SkuId!), Holders(run, targets[1].SkuId!), Holders(run, Ids.CrmProfessionalSku)]);
        Assert.Equal(("active", "suspended"), (run.Subscription(targets[0].TargetSubscriptionId!).Status, run.Subscription(targets[1].TargetSubscriptionId!).Status));
    }

    [Fact]
    public async Task Right_sized_two_targets_of_one_SKU_have_a_seat_for_each_user_together()
    {
        using var map = new TemporaryFile(
            "map.json",
            $$"""
            {
              "formatVersion": 1,
              "mappings": [
                { "family": "Mine", "source": { "name": "First", "offerIds": ["{{Ids.EngagementPlan1}}"] }, "targets": ["Sales"] },
                { "family": "Mine", "source": { "name": "Second", "offerIds": ["{{Ids.EngagementPlan2}}"] }, "targets": ["Service"] }
              ],
              "targets": {
                "Sales": { "skuId": "{{SalesSku}}", "offers": [{ "offerId": "{{Ids.Sales}}" }] },
                "Service": { "skuId": "{{ServiceSku}}", "offers": [{ "offerId": "{{Ids.CustomerService}}" }] }
              }
            }
            """);
        using var run = await SandboxRun.StartAsync("contoso", configure: options => options.SkuMapPaths = [map.Path]);
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer();
        await service.OrderAsync(customer, Ids.EngagementPlan1, 10, "First");
        await service.OrderAsync(customer, Ids.EngagementPlan2, 10, "Second");
        foreach (var user in customer.Users.Where(user => user.UsageLocation is not null).Take(14))
        {
            await service.AssignAsync(customer, user, Ids.EngagementPlanSku);
        }

        var end = run.Client.Discovery.EndOfWindow(400);
        var rows = (await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew, query.Before) = ([customer.Id], true, end)))
            .Where(row => row.FriendlyName is "First" or "Second").OrderBy(row => row.FriendlyName, StringComparer.Ordinal).ToList();
        var targets = await run.BuyAsync(rows, new PurchaseOptions { RightSize = true });
        var moves = await run.MoveAsync(targets);

        Assert.Empty(run.Errors);
        Assert.Equal([10, 4], targets.Select(target => target.Quantity));
        Assert.Equal([(10, 0), (4, 0)], moves.Select(move => (move.Moved, move.Remaining)));
        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.Suspended], (await run.SuspendAsync(moves)).Select(ended => ended.Outcome));
    }

    private static async Task<SandboxRun> StartWithoutLocationAsync(int users)
    {
        var without = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var spoiler = new AnswerSpoiler("/users", user =>
        {
            _ = without.Contains((string)user["userPrincipalName"]!) && user.Remove("usageLocation");
            return user;
        })
        {
            IsOn = true,
        };
        var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, spoiler.Rewrite));
        without.UnionWith(run.Customer(OneOfTwo).Users.Where(user => user.Licenses.Count > 0).Select(user => user.UserPrincipalName).Order(StringComparer.OrdinalIgnoreCase).Take(users));
        return run;
    }

    private static async Task<List<LicenseMove>> MoveAsync(SandboxRun run, IEnumerable<ExpiringSubscription> rows, bool planOnly) =>
        await run.MoveAsync(await run.BuyAsync(rows, planOnly: planOnly), planOnly: planOnly);

    private static async Task<List<TargetSubscription>> BuyTwoTargetsAsync(SandboxRun run, List<ExpiringSubscription> rows, bool planOnly)
    {
        var targets = await run.BuyAsync([rows[0]], planOnly: planOnly);
        targets.AddRange(await run.BuyAsync([rows[1]], new PurchaseOptions { Target = "Dynamics 365 Sales" }, planOnly));
        Assert.Empty(run.Errors);
        Assert.Equal([10, 10], targets.Select(target => target.Quantity));
        return targets;
    }

    private static int Holders(SandboxRun run, string skuId) =>
        run.Customer(BothOfTwo).Users.Count(user => user.Licenses.Any(license => string.Equals(license.SkuId, skuId, StringComparison.OrdinalIgnoreCase)));
}
