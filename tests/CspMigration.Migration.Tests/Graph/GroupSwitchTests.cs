using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Users;
using CspMigration.Graph.Resources;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Graph;

/// <summary>Licenses that come from a group, exchanged on the group (docs/rules.md, rule 31).</summary>
public sealed class GroupSwitchTests
{
    private const string Assign = "/v1.0/groups/{groupId}/assignLicense";
    private const string Group500 = "scale:customers=1,subscriptions=1,users=500,assignedBy=groups";
    private const string ByGroup = "Held by a group alone";
    private const string DirectAndGroup = "Held by a group and directly";

    private static LicenseMoveOptions Switch => new() { GroupLicense = GroupLicenseChoice.Switch };

    [Fact]
    public async Task A_group_of_500_is_switched_by_one_write_with_its_switched_off_plans_and_back()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync(Group500, time);
        var source = Assert.Single(await run.FindAsync());
        var target = await run.BuyOneAsync(source);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((500, 0, 0, true), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.Equal(1, run.Tenant.GetRequests().Count("POST " + Assign));
        Assert.Equal(0, run.Tenant.GetRequests().Count("batch POST /v1.0/users/{userId}/assignLicense"));
        var group = Assert.Single(run.Customer().Groups);
        var assigned = Assert.Single(group.Licenses);
        Assert.Equal(target.SkuId, assigned.SkuId, ignoreCase: true);
        _ = Assert.Single(assigned.DisabledPlans);
        Assert.All(run.Customer().Users, user => AssertHolds(user, target.SkuId!, group.Id, assigned.DisabledPlans));
        var suspended = Assert.Single(await run.SuspendAsync([move]));
        Assert.Equal(SuspensionOutcome.Suspended, suspended.Outcome);

        var before = run.Tenant.GetRequests().Count("POST " + Assign);
        _ = await run.UndoAsync(source);

        Assert.Equal(before + 1, run.Tenant.GetRequests().Count("POST " + Assign));
        var back = Assert.Single(Assert.Single(run.Customer().Groups).Licenses);
        Assert.Equal(source.SkuId ?? target.SourceSkuId, back.SkuId, ignoreCase: true);
        _ = Assert.Single(back.DisabledPlans);
        Assert.All(run.Customer().Users, user => AssertHolds(user, target.SourceSkuId!, group.Id, back.DisabledPlans));
        Assert.Equal("suspended", run.Subscription(target.TargetSubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_user_who_holds_it_directly_and_by_a_group_is_moved_in_both_and_back_in_both()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(DirectAndGroup);
        var before = LicensesOf(run, DirectAndGroup);
        var target = await run.BuyOneAsync(source);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((6, 0, true), (move.Moved, move.Failed, move.IsComplete));
        Assert.Equal(before.Select(licenses => licenses.Replace(target.SourceSkuId!.ToUpperInvariant(), target.SkuId!.ToUpperInvariant(), StringComparison.Ordinal)), LicensesOf(run, DirectAndGroup));

        _ = await run.UndoAsync(source);

        Assert.Equal(before, LicensesOf(run, DirectAndGroup));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Without_the_switch_the_users_are_reported_and_the_source_is_not_ended()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(ByGroup);

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(source)]));
        Assert.Empty(await run.SuspendAsync([move]));

        Assert.All(move.Users, user => Assert.Equal(UserMoveOutcome.GroupHeld, user.Outcome));
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task Each_group_is_confirmed_with_its_members_and_a_declined_one_is_left()
    {
        using var run = await StartAsync("edge-cases");
        var target = await run.BuyOneAsync(await run.FindOneAsync("Nested group"));
        var confirmer = new ScriptedConfirmer(number => Task.FromResult(number == 1 ? ConfirmationAnswer.Confirmed : ConfirmationAnswer.Declined));
        run.Confirmer = confirmer;

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal(2, confirmer.Asked.Count);
        Assert.Contains("group Sales", confirmer.Asked[1], StringComparison.Ordinal);
        Assert.Contains("2 members", confirmer.Asked[1], StringComparison.Ordinal);
        Assert.Equal((4, 2), (move.Moved, move.Failed));
        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task The_members_of_a_group_in_the_group_are_left_alone()
    {
        using var run = await StartAsync("edge-cases");

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(await run.FindOneAsync("Nested group"))], Switch));

        Assert.Equal((6, true), (move.Moved, move.IsComplete));
        _ = Assert.Single(run.Customer("Nested group").Users, user => user.Licenses.Count == 0);
    }

    [Fact]
    public async Task A_group_that_cannot_assign_its_licenses_to_a_member_is_not_switched()
    {
        using var run = await StartAsync("edge-cases");

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(await run.FindOneAsync("Group with a second product"))], Switch));

        var error = run.TakeError();
        Assert.Equal("GroupNotSwitched", error.ErrorId);
        Assert.Contains("CountViolation", error.Problem, StringComparison.Ordinal);
        Assert.Equal((3, 2), (move.Moved, move.Remaining));
        Assert.All(move.Users.Where(user => user.Outcome == UserMoveOutcome.GroupHeld), user => Assert.Contains("CountViolation", user.Reason!, StringComparison.Ordinal));
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task With_too_few_seats_for_all_members_nothing_is_written()
    {
        using var run = await StartAsync(Group500);
        var target = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new() { Quantity = 499 });

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((0, 500), (move.Moved, move.Remaining));
        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task Where_the_right_to_change_groups_is_missing_the_error_says_which()
    {
        using var run = await StartAsync("edge-cases");
        var target = await run.BuyOneAsync(await run.FindOneAsync(DirectAndGroup));
        run.Tenant.SetFaults(new SandboxFault("POST", Assign, "status:403", times: 100));

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        var error = run.TakeError();
        Assert.Equal("GroupNotSwitched", error.ErrorId);
        Assert.Contains("Group.Read.All", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((4, 2), (move.Moved, move.Remaining));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("status:503")]
    [InlineData("truncate")]
    public async Task After_a_lost_reply_the_group_is_read_and_never_switched_twice(string fault)
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("edge-cases", time);
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));
        run.Tenant.SetFaults(new SandboxFault("POST", Assign, fault));

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Empty(run.Errors);
        Assert.Equal((6, true), (move.Moved, move.IsComplete));
        Assert.Equal(1, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task Members_who_take_long_are_waited_for_and_the_wait_is_shown_and_ends()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartSlowAsync(time);
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));

        var moves = await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch, ProvisioningTimeout = TimeSpan.FromMinutes(7) });

        Assert.Equal(6, Assert.Single(moves).Moved);
        Assert.Empty(run.Errors);
        Assert.Contains(run.Observer.Messages, message => message.Contains("of the group Sales", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_who_do_not_follow_in_time_are_an_error_and_the_next_run_waits_for_them_without_another_write()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartSlowAsync(time);
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));
        run.Tenant.AdvanceClock(TimeSpan.FromMinutes(10));

        Assert.Empty(await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch, ProvisioningTimeout = TimeSpan.FromMinutes(3) }));
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);
        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((true, 6), (move.IsComplete, move.AlreadyMoved));
        Assert.Equal(1, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task A_plan_counts_the_members_and_sends_nothing()
    {
        using var run = await StartAsync("edge-cases");
        var planned = await run.BuyAsync([await run.FindOneAsync(DirectAndGroup)], planOnly: true);

        var move = Assert.Single(await run.MoveAsync(planned, Switch, planOnly: true));

        Assert.Equal((6, true, true), (move.Moved, move.IsComplete, move.IsPlanned));
        Assert.Empty(run.Errors);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_plan_leaves_users_the_seats_that_the_members_of_groups_do_not_take()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync("Nested group");
        var options = new PurchaseOptions { Quantity = 4 };

        var planned = Assert.Single(await run.MoveAsync(await run.BuyAsync([source], options, planOnly: true), Switch, planOnly: true));
        var moved = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(source, options)], Switch));

        // Two members of the group, and two of four users.
        Assert.Equal((4, 2), (planned.Moved, planned.Failed));
        Assert.Equal((planned.Moved, planned.Failed, planned.Remaining), (moved.Moved, moved.Failed, moved.Remaining));
    }

    [Fact]
    public async Task A_plan_does_not_wait_for_members_who_still_follow()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartSlowAsync(time);
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));
        run.Tenant.AdvanceClock(TimeSpan.FromMinutes(10));
        Assert.Empty(await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch, ProvisioningTimeout = TimeSpan.FromMinutes(1) }));
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);
        var waits = run.Observer.Messages.Count;

        _ = Assert.Single(await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch, ProvisioningTimeout = TimeSpan.FromMinutes(1) }, planOnly: true));

        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Observer.Messages.Skip(waits), message => message.Contains("of the group Sales", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_whose_licenses_someone_else_has_changed_is_left_and_reported()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        _ = await run.MoveAsync([target], Switch);
        await ChangeGroupAsync(run, source, assign: null, target.TargetSku!.Value);

        _ = await run.UndoAsync(source);

        Assert.Contains(run.Observer.Warnings, warning => warning.Contains("changed by someone else", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(run.Customer(ByGroup).Groups).Licenses);
    }

    [Fact]
    public async Task A_rollback_to_fewer_seats_than_users_and_members_together_need_changes_nothing()
    {
        const string Customer = "Nested group";
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(Customer);
        _ = await run.MoveAsync([await run.BuyOneAsync(source)], Switch);
        var before = LicensesOf(run, Customer);
        await SetSeatsAsync(run, source, 5);

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        // Four users directly and two by the group.
        var error = run.TakeError();
        Assert.Equal("GroupNotSwitched", error.ErrorId);
        Assert.Contains("6 users go back", error.Problem, StringComparison.Ordinal);
        Assert.Contains("5 free seats", error.Problem, StringComparison.Ordinal);
        Assert.Contains("-Quantity 6", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, LicensesOf(run, Customer));
    }

    [Fact]
    public async Task A_group_that_needs_no_seat_of_its_own_does_not_keep_users_from_going_back()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(DirectAndGroup);
        var target = await run.BuyOneAsync(source);
        _ = await run.MoveAsync([target], Switch);
        await SetSeatsAsync(run, source, 5);

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        // All members of the group hold it directly too, and one of the users has no seat.
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal(5, run.Customer(DirectAndGroup).Users.Count(user => user.Licenses.Any(license => string.Equals(license.SkuId, target.SourceSkuId, StringComparison.OrdinalIgnoreCase))));
        Assert.Equal("active", run.Subscription(target.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task A_member_to_whom_an_interrupted_rollback_could_not_assign_the_old_license_gets_it_directly_with_its_switched_off_plans()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("scale:customers=1,subscriptions=1,users=20,assignedBy=groups", time);
        var source = Assert.Single(await run.FindAsync());
        var target = await run.BuyOneAsync(source);
        var off = Assert.Single(Assert.Single(run.Customer().Groups).Licenses).DisabledPlans;
        _ = await run.MoveAsync([target], Switch);
        await SetSeatsAsync(run, source, 19);
        await ChangeGroupAsync(run, source, new(SkuId.From(target.SourceSkuId!), [.. off.Select(ServicePlanId.From)]), target.TargetSku!.Value);
        var without = Assert.Single(run.Customer().Users, user => user.Licenses.Count == 0);
        await SetSeatsAsync(run, source, 20);

        _ = await run.UndoAsync(source);

        var license = Assert.Single(run.Customer().Users.Single(user => user.Id == without.Id).Licenses);
        Assert.Equal(target.SourceSkuId!, license.SkuId, ignoreCase: true);
        _ = Assert.Single(license.DisabledPlans);
        Assert.Equal(off, license.DisabledPlans);
    }

    [Fact]
    public async Task A_member_to_whom_the_group_cannot_assign_the_new_license_has_the_old_one_directly()
    {
        InterveningHandler? others = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"), options => options.LicenseApi = LicenseApi.Graph);
        var source = await run.FindOneAsync("Nested group");
        var target = await run.BuyOneAsync(source, new() { Quantity = 2 });
        var spare = Assert.Single(run.Customer("Nested group").Users, user => user.Licenses.Count == 0);
        others!.Act = async () =>
        {
            var operation = run.Client.Operation;
            var change = new LicenseChange<IdKind.User>(UserId.From(spare.Id), [new(target.TargetSku!.Value, [])], []);
            Assert.Null(Assert.Single(await operation.Session.Graph!.For(source.Customer, operation.Call).ChangeLicensesAsync([change], default)));
        };

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((1, 5), (move.Moved, move.Failed));
        var left = Assert.Single(move.Users, user => user.Reason?.Contains("CountViolation", StringComparison.Ordinal) == true);
        Assert.Equal(UserMoveOutcome.NoFreeSeat, left.Outcome);
        var license = Assert.Single(run.Customer("Nested group").Users.Single(user => user.Id == left.UserId).Licenses);
        Assert.Equal((target.SourceSkuId!.ToUpperInvariant(), 0), (license.SkuId.ToUpperInvariant(), license.AssignedByGroup.Count));
    }

    [Fact]
    public async Task A_run_confirms_the_groups_once_with_totals_and_switches_them()
    {
        using var run = await StartAsync("edge-cases");
        var rows = new List<ExpiringSubscription> { await run.FindOneAsync(ByGroup), await run.FindOneAsync("Nested group") };
        var client = run.Client;
        var plan = await client.Runs.PlanAsync(rows, new MigrationRunOptions { LicenseMoves = Switch }, default);
        var ended = new List<SubscriptionMigration>();

        await client.Runs.RunAsync(plan, isPlanned: false, UnattendedConfirmer.Confirming, Results.Into(ended), (_, error) => run.Errors.Add(error), default);

        Assert.Contains("switch the license of 2 groups for 8 members", plan.ActionText, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
        Assert.All(ended, migration => Assert.Equal(MigrationState.Completed, migration.State));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_run_in_which_a_group_cannot_be_switched_says_so_and_leaves_the_source_active()
    {
        using var run = await StartAsync("edge-cases");
        var row = await run.FindOneAsync("Group with a second product");
        var client = run.Client;
        var plan = await client.Runs.PlanAsync([row], new MigrationRunOptions { LicenseMoves = Switch }, default);
        var ended = new List<SubscriptionMigration>();

        await client.Runs.RunAsync(plan, isPlanned: false, UnattendedConfirmer.Confirming, Results.Into(ended), (_, error) => run.Errors.Add(error), default);

        var migration = Assert.Single(ended);
        Assert.Equal((MigrationState.Failed, "GroupNotSwitched"), (migration.State, migration.ErrorId));
        Assert.Equal("active", run.Subscription(row.SubscriptionId!).Status);
    }

    [Theory]
    [InlineData(ByGroup, ReadinessResult.Pass, null)]
    [InlineData("Group with a second product", ReadinessResult.Warn, "GroupNotSwitched")]
    public async Task Readiness_says_whether_each_group_can_be_switched(string customer, ReadinessResult result, string? errorId)
    {
        using var run = await StartAsync("edge-cases");

        var readiness = Assert.Single(await run.Client.Readiness.CheckAsync([await run.FindOneAsync(customer)], new(), GroupLicenseChoice.Switch, default));

        var check = readiness.Checks.Single(check => check.Rule == "Group licenses");
        Assert.Equal((result, errorId), (check.Result, check.ErrorId));
    }

    [Fact]
    public async Task Through_Partner_Center_a_warning_says_that_groups_are_not_known()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.LicenseApi = LicenseApi.PartnerCenter);
        var target = await run.BuyOneAsync(await run.FindOneAsync("License held through a group"));

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Contains(run.Observer.Warnings, warning => warning.Contains("knows no groups", StringComparison.Ordinal));
        Assert.Equal((4, 2), (move.Moved, move.Remaining));
    }

    [Fact]
    public async Task Through_Partner_Center_a_user_who_holds_it_from_a_group_too_is_not_called_moved()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.LicenseApi = LicenseApi.PartnerCenter);
        var source = await run.FindOneAsync(DirectAndGroup);
        var target = await run.BuyOneAsync(source);

        var move = Assert.Single(await run.MoveAsync([target]));

        Assert.Equal((4, 2, 2, false), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.Contains(run.Observer.Warnings, warning => warning.Contains("-LicenseApi Graph", StringComparison.Ordinal));
        Assert.Empty(await run.SuspendAsync([move]));
        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Contains("2 hold it through a group", error.Problem, StringComparison.Ordinal);
        Assert.Contains("-LicenseApi Graph", error.RecommendedAction, StringComparison.Ordinal);

        _ = await run.UndoAsync(source);

        Assert.All(run.Customer(DirectAndGroup).Users, user => Assert.Equal(target.SourceSkuId!, Assert.Single(user.Licenses).SkuId, ignoreCase: true));
        Assert.Equal("suspended", run.Subscription(target.TargetSubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    // As someone else does it, in the portal.
    private static Task ChangeGroupAsync(SandboxRun run, ExpiringSubscription source, KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>? assign, SkuId remove)
    {
        var operation = run.Client.Operation;
        var group = Assert.Single(run.Tenant.GetState().Customers.Single(customer => source.Customer.Is(CustomerId.From(customer.Id))).Groups);
        var change = new LicenseChange<IdKind.Group>(GroupId.From(group.Id), assign is { } sku ? [sku] : [], [remove]);
        return operation.Session.Graph!.For(source.Customer, operation.Call).ChangeGroupLicensesAsync(change, default);
    }

    private static async Task SetSeatsAsync(SandboxRun run, ExpiringSubscription source, int seats)
    {
        var operation = run.Client.Operation;
        _ = await operation.Client.Subscriptions.SetQuantityAsync(source.Customer, SubscriptionId.From(source.SubscriptionId!), seats, new TermEndKeeper(operation), default);
    }

    private static void AssertHolds(SandboxUser user, string skuId, string groupId, IReadOnlyList<string> off)
    {
        var license = Assert.Single(user.Licenses);
        Assert.Equal(skuId, license.SkuId, ignoreCase: true);
        Assert.Equal([groupId], license.AssignedByGroup);
        Assert.Equal(off, license.DisabledPlans);
    }

    private static List<string> LicensesOf(SandboxRun run, string customer)
    {
        return [.. run.Customer(customer).Users.Select(user => string.Join("; ", user.Licenses.Select(license => $"{user.UserPrincipalName} {license.SkuId} {(license.InheritedFromGroup ? "" : "directly")} {string.Join(' ', license.AssignedByGroup)}")).ToUpperInvariant())];
    }

    private static Task<SandboxRun> StartAsync(string scenario, TimeProvider? time = null)
    {
        return SandboxRun.StartAsync(scenario, configure: options => options.LicenseApi = LicenseApi.Graph, time: time);
    }

    // Seats, and the members of a group, take five minutes.
    private static Task<SandboxRun> StartSlowAsync(TimeProvider time)
    {
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", ProvisioningDelay = TimeSpan.FromMinutes(5), Time = time });
        return SandboxRun.ConnectAsync(tenant, through: null, options => (options.LicenseApi, options.Time) = (LicenseApi.Graph, time));
    }
}
