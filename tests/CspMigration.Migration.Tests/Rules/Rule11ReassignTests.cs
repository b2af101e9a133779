using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 11: per user, the old license is cleared and the new set, in one update; the result lists the new assignments.
/// Switched-off plans stay off where the target has them, by plan id, then service name; the others are listed as lost.
/// </summary>
public sealed class Rule11ReassignTests
{
    private const string OldOfficeOnline = "00000000-5a4d-4000-9000-000000000045";
    private const string NewOfficeOnline = "00000000-5a4d-4000-9000-000000000003";

    [Fact]
    public async Task Each_user_gets_one_update_that_clears_and_sets()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));
        var old = Assert.Single(run.Customer().Subscriptions);

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        var updates = recorder!.Writes.Where(request => request.Path.EndsWith("/licenseupdates", StringComparison.Ordinal)).ToList();
        Assert.Equal(20, updates.Select(update => update.Path).Distinct().Count());
        Assert.Equal(20, updates.Count);
        Assert.All(updates, update =>
        {
            var body = JsonNode.Parse(update.Body)!;
            Assert.Equal(move.TargetSkuId, (string?)Assert.Single(body["licensesToAssign"]!.AsArray())!["skuId"], ignoreCase: true);
            Assert.Equal(old.SkuId, (string?)Assert.Single(body["licensesToRemove"]!.AsArray()), ignoreCase: true);
        });
    }

    [Fact]
    public async Task The_result_lists_the_new_assignments()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        var holders = run.Customer().Users.Where(user => user.Licenses.Any(license => string.Equals(license.SkuId, move.TargetSkuId, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(holders.Select(user => user.UserPrincipalName).Order(), move.Users.Where(user => user.Outcome == UserMoveOutcome.Moved).Select(user => user.UserPrincipalName).Order());
        Assert.Equal((20, 0, 0, 0, true), (move.Moved, move.Failed, move.Skipped, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task A_plan_that_was_off_stays_off_under_the_same_id()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var user = run.Customer().Users.First(candidate => candidate.Licenses.Any(license => license.DisabledPlans.SequenceEqual([NewOfficeOnline])));

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        var moved = Assert.Single(move.Users, candidate => candidate.UserId == user.Id);
        Assert.Equal([NewOfficeOnline], moved.ExcludedPlans);
        Assert.Empty(moved.LostPlans);
        Assert.Equal([NewOfficeOnline], run.Customer().Users.Single(candidate => candidate.Id == user.Id).Licenses.Single().DisabledPlans);
    }

    [Fact]
    public async Task Without_the_id_the_service_name_counts_and_what_has_neither_is_lost()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var customer = run.Customer("Plans matched by name");

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(customer.CompanyName))));

        foreach (var user in customer.Users)
        {
            var off = user.Licenses.Single().DisabledPlans;
            var moved = Assert.Single(move.Users, candidate => candidate.UserId == user.Id);
            string[] stayOff = off.Contains(OldOfficeOnline) ? [NewOfficeOnline] : [];
            Assert.Equal(stayOff, moved.ExcludedPlans);
            Assert.Equal(off.Any(plan => plan != OldOfficeOnline) ? ["NBENTERPRISE"] : [], moved.LostPlans);
            Assert.Equal(stayOff, run.Customer(customer.CompanyName).Users.Single(candidate => candidate.Id == user.Id).Licenses.Single().DisabledPlans);
        }

        Assert.Equal(2, move.Users.Count(user => user.LostPlans.Count > 0));
        Assert.Equal(2, move.Users.Count(user => user.ExcludedPlans.Count > 0));
    }

    [Theory]
    [InlineData("No usage location", UserMoveOutcome.NoUsageLocation, 2)]
    [InlineData("License held through a group", UserMoveOutcome.GroupHeld, 2)]
    [InlineData("Conflicting plans", UserMoveOutcome.ConflictingPlans, 2)]
    [InlineData("No free seat", UserMoveOutcome.NoFreeSeat, 5)]
    public async Task A_user_who_cannot_be_moved_is_told_apart_with_the_reason_and_keeps_the_license(string customer, UserMoveOutcome outcome, int count)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(customer))));

        var left = move.Users.Where(user => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved)).ToList();
        Assert.Equal((count, count, false), (move.Failed, move.Remaining, move.IsComplete));
        Assert.Equal(Enumerable.Repeat(outcome, count), left.Select(user => user.Outcome));
        Assert.All(left, user =>
        {
            Assert.False(string.IsNullOrWhiteSpace(user.Reason));
            Assert.Contains(
                run.Customer(customer).Users.Single(candidate => candidate.Id == user.UserId).Licenses,
                license => string.Equals(license.SkuId, move.SourceSkuId, StringComparison.OrdinalIgnoreCase));
        });
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("DE", "DE")]
    [InlineData("Customer", "US")]
    public async Task A_usage_location_can_be_given_to_those_who_have_none(string location, string expected)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var without = run.Customer("No usage location").Users.Where(user => user.UsageLocation is null).Select(user => user.Id).ToList();
        var bought = await run.BuyAsync(await run.FindAsync("No usage location"));

        var move = Assert.Single(await run.MoveAsync(bought, new LicenseMoveOptions { UsageLocation = location }));

        Assert.Equal((6, 0, true), (move.Moved, move.Failed, move.IsComplete));
        var after = run.Customer("No usage location").Users;
        Assert.All(after.Where(user => without.Contains(user.Id)), user => Assert.Equal(expected, user.UsageLocation));
        Assert.All(after.Where(user => !without.Contains(user.Id)), user => Assert.Equal("US", user.UsageLocation));
    }

    [Fact]
    public async Task Users_without_the_license_are_not_touched()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Customer("Deleted and unlicensed users");
        var others = before.Users.Where(user => user.Licenses.All(license => license.SkuId != Ids.CrmProfessionalSku)).ToList();

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync(before.CompanyName))));

        Assert.Equal((6, 0), (move.Moved, move.Failed));
        Assert.Equal(4, others.Count);
        var after = run.Customer(before.CompanyName).Users.ToDictionary(user => user.Id);
        Assert.All(others, user => Assert.Equal(user.Licenses.Select(license => license.SkuId), after[user.Id].Licenses.Select(license => license.SkuId)));
    }

    [Fact]
    public async Task A_second_run_finds_them_moved_and_sends_nothing()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        _ = await run.MoveAsync(bought);
        var writes = run.Writes();

        var again = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((0, 0, 0, true), (again.Moved, again.Failed, again.Remaining, again.IsComplete));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Of_who_held_the_target_already_no_plan_is_said_to_be_switched_off_or_lost()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));
        var user = run.Customer().Users.First(user => user.Licenses.Any(license => license.DisabledPlans.Count > 0));
        using var service = new DirectService(run.Tenant);
        await service.AssignAsync(run.Customer(), user, bought.SkuId!);

        var move = Assert.Single(await run.MoveAsync([bought]));
        var row = Assert.Single(move.Users, row => string.Equals(row.UserId, user.Id, StringComparison.OrdinalIgnoreCase));

        Assert.Equal(UserMoveOutcome.Moved, row.Outcome);
        Assert.Empty(row.ExcludedPlans);
        Assert.Empty(row.LostPlans);
        Assert.Contains(move.Users, other => other.ExcludedPlans.Count > 0);
        Assert.Empty(run.Customer().Users.Single(other => other.Id == user.Id).Licenses.Single().DisabledPlans);

        // What was off in the old license is off again when it comes back.
        _ = await run.UndoAsync([(bought.CustomerId, bought.SourceSubscriptionId!)]);
        Assert.Empty(run.Errors);
        var back = run.Customer().Users.Single(other => other.Id == user.Id).Licenses.Single();
        Assert.Equal(user.Licenses[0].DisabledPlans, back.DisabledPlans);
    }
}
