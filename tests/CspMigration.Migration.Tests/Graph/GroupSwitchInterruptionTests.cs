using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Graph.Resources;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Graph;

/// <summary>Groups whose exchange is interrupted, or whose members, seats or rights change meanwhile (docs/rules.md, rule 31).</summary>
public sealed class GroupSwitchInterruptionTests
{
    private const string TwoGroups = "scale:customers=1,subscriptions=2,users=50,assignedBy=groups";
    private const string Assign = "/v1.0/groups/{groupId}/assignLicense";
    private const string Members = "/v1.0/groups/{groupId}/members";
    private const string AssignUser = "/v1.0/users/{userId}/assignLicense";
    private const string SecondProduct = "Group with a second product";
    private const string ByGroup = "Held by a group alone";
    private const string DirectAndGroup = "Held by a group and directly";
    private const string Nested = "Nested group";

    private static LicenseMoveOptions Switch => new() { GroupLicense = GroupLicenseChoice.Switch };

    [Theory]
    [InlineData(2, GroupLicenseChoice.Switch)]
    [InlineData(3, GroupLicenseChoice.Switch)]
    [InlineData(3, GroupLicenseChoice.Report)]
    public async Task A_member_whom_an_interrupted_switch_left_without_a_license_has_one_after_the_next_run(int seats, GroupLicenseChoice choice)
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source, new() { Quantity = 2 });
        var spare = Assert.Single(run.Customer(Nested).Users, user => user.Licenses.Count == 0);
        others!.Act = () => AssignAsync(run, source, spare.Id, target.TargetSku!.Value);

        // The confirmation and the plan read the members; the wait, which comes third, cannot.
        run.Tenant.SetFaults(new SandboxFault("GET", Members, "status:403", skip: 2, times: 1));
        Assert.Empty(await run.MoveAsync([target], Switch));
        run.Errors.Clear();
        _ = Assert.Single(run.Customer(Nested).Users, user => user.Licenses.Count == 0);
        await SetSeatsAsync(run, source, target.TargetSubscriptionId!, seats);

        var move = Assert.Single(await run.MoveAsync([target], new() { GroupLicense = choice }));

        var left = Assert.Single(move.Users, user => user.Reason?.Contains("CountViolation", StringComparison.Ordinal) == true);
        var license = Assert.Single(run.Customer(Nested).Users.Single(user => user.Id == left.UserId).Licenses);
        Assert.Equal(seats == 2 ? target.SourceSkuId! : target.SkuId!, license.SkuId, ignoreCase: true);
        Assert.Empty(license.AssignedByGroup);
        Assert.Equal(seats == 2 ? (UserMoveOutcome.NoFreeSeat, 5) : (UserMoveOutcome.Moved, 4), (left.Outcome, move.Remaining));
        Assert.Equal(1, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task A_direct_license_whose_answer_a_killed_run_did_not_see_is_no_failure_after_the_next_run()
    {
        using var killed = new CancellationTokenSource();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", ProvisioningDelay = TimeSpan.Zero });
        using var file = new TemporaryFile("journal.jsonl");
        InterveningHandler? others = null;
        KillingHandler? killer = null;
        TargetSubscription target;
        using (var run = await SandboxRun.ConnectAsync(tenant, inner => killer = new KillingHandler(others = new InterveningHandler(inner, "/assignLicense"), killed), options => (options.LicenseApi, options.JournalPath) = (LicenseApi.Graph, file.Path), killed.Token))
        {
            var source = await run.FindOneAsync(Nested);
            target = await run.BuyOneAsync(source, new() { Quantity = 2 });
            var spare = Assert.Single(run.Customer(Nested).Users, user => user.Licenses.Count == 0);
            others!.Act = async () =>
            {
                await AssignAsync(run, source, spare.Id, target.TargetSku!.Value);
                killer!.Act = () => SetSeatsAsync(run, source, target.TargetSubscriptionId!, 3);
            };
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.MoveAsync([target], Switch));
        }

        using var next = await SandboxRun.ConnectAsync(tenant, through: null, options => (options.LicenseApi, options.JournalPath) = (LicenseApi.Graph, file.Path));
        _ = await next.MoveAsync([target], Switch);

        Assert.DoesNotContain(next.Client.Status.Read().Single().LicenseMove!.Users, user => user.Reason?.Contains("not known", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_member_who_could_get_neither_license_directly_is_looked_after_by_the_next_run()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source, new() { Quantity = 2 });
        var spare = Assert.Single(run.Customer(Nested).Users, user => user.Licenses.Count == 0);
        others!.Act = async () =>
        {
            await AssignAsync(run, source, spare.Id, target.TargetSku!.Value);
            run.Tenant.SetFaults(new SandboxFault("POST", AssignUser, "status:400", times: 2));
        };

        var first = Assert.Single(await run.MoveAsync([target], Switch));
        var left = Assert.Single(run.Customer(Nested).Users, user => user.Licenses.Count == 0);
        _ = await run.MoveAsync([target], Switch);

        Assert.Equal(UserMoveOutcome.Failed, first.Users.Single(user => user.UserId == left.Id).Outcome);
        Assert.Equal(target.SourceSkuId!, Assert.Single(run.Customer(Nested).Users.Single(user => user.Id == left.Id).Licenses).SkuId, ignoreCase: true);
    }

    [Fact]
    public async Task Members_to_whom_the_group_cannot_assign_the_new_license_keep_its_other_products_directly()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(SecondProduct);
        var group = Assert.Single(run.Customer(SecondProduct).Groups);
        var target = await run.BuyOneAsync(source);
        var product = Assert.Single(group.Licenses, license => !license.SkuId.Equals(target.SourceSkuId, StringComparison.OrdinalIgnoreCase));
        await SetSeatsAsync(run, source, run.Customer(SecondProduct).Subscriptions.Single(subscription => subscription.SkuId == product.SkuId).Id, 3);
        await ChangeGroupAsync(run, source, group.Id, new(SkuId.From(product.SkuId), []), remove: null);

        // The service plans of the target and of the second product exclude each other.
        _ = await run.MoveAsync([target], Switch);

        var members = run.Customer(SecondProduct).Users.Where(user => group.Members.Contains(user.Id)).ToList();
        Assert.Equal(3, members.Count);
        Assert.All(members, member => Assert.Equal(
            new[] { product.SkuId.ToUpperInvariant(), target.SourceSkuId!.ToUpperInvariant() }.Order(), member.Licenses.Select(license => license.SkuId.ToUpperInvariant()).Order()));
    }

    [Fact]
    public async Task A_member_who_holds_it_directly_too_is_not_without_a_license_where_the_group_cannot_assign_the_new_one()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(DirectAndGroup);
        var target = await run.BuyOneAsync(source, new() { Quantity = 2 });
        var direct = run.Customer(DirectAndGroup).Users.First(user => user.Licenses[0].AssignedByGroup.Count == 0);
        others!.Act = () => AssignAsync(run, source, direct.Id, target.TargetSku!.Value);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.DoesNotContain(run.Observer.Warnings, warning => warning.Contains("neither", StringComparison.Ordinal));
        Assert.DoesNotContain(move.Users, user => user.Outcome == UserMoveOutcome.Failed);
        Assert.All(run.Customer(DirectAndGroup).Users, user => Assert.NotEmpty(user.Licenses));
    }

    [Fact]
    public async Task Members_are_looked_after_where_it_stays_unknown_whether_another_group_was_switched()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? others = null;
        using var run = await StartAsync(TwoGroups, inner => others = new InterveningHandler(inner, "/assignLicense"), time);
        var (sources, targets, groups, first) = await BuyForTwoGroupsAsync(run);
        var other = run.Customer().Users.First(user => user.Licenses[0].AssignedByGroup.Contains(groups[1].Id));
        others!.Act = () => AssignAsync(run, sources[0], other.Id, first.TargetSku!.Value);
        run.Tenant.SetFaults(new SandboxFault("POST", Assign, "drop-before", skip: 1, times: 10_000));

        _ = await run.MoveAsync(targets, Switch);

        Assert.NotEmpty(run.Errors);
        Assert.All(run.Customer().Users, user => Assert.NotEmpty(user.Licenses));
    }

    [Fact]
    public async Task A_group_keeps_the_target_in_a_rollback_while_another_source_of_its_members_needs_it_that_was_moved_by_ids()
    {
        using var run = await StartAsync("scale:customers=1,subscriptions=2,users=4,assignedBy=groups");
        var sources = await run.FindAsync();
        var target = await run.BuyOneAsync(sources[0]);
        var group = run.Customer().Groups.Single(known => target.SourceSkuId!.Equals(known.Licenses[0].SkuId, StringComparison.OrdinalIgnoreCase));
        var otherSku = run.Subscription(sources[1].SubscriptionId!).SkuId;
        await ChangeGroupAsync(run, sources[0], group.Id, new(SkuId.From(otherSku), []), remove: null);
        var byIds = await run.Client.LicenseMoves.ReadTargetAsync(sources[1].CustomerId, sources[1].SubscriptionId!, target.TargetSubscriptionId, isPlanned: false, default);
        Assert.All(await run.MoveAsync([target, byIds], Switch), move => Assert.True(move.IsComplete));

        _ = await run.UndoAsync([(sources[0].CustomerId, sources[0].SubscriptionId!)]);

        var licenses = run.Customer().Groups.Single(known => known.Id == group.Id).Licenses.Select(license => license.SkuId.ToUpperInvariant()).Order();
        Assert.Equal(new[] { target.SourceSkuId!.ToUpperInvariant(), target.SkuId!.ToUpperInvariant() }.Order(), licenses);
    }

    [Fact]
    public async Task A_member_whom_an_interrupted_rollback_left_without_a_license_has_one_after_the_next()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("scale:customers=1,subscriptions=1,users=20,assignedBy=groups", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = Assert.Single(await run.FindAsync());
        var target = await run.BuyOneAsync(source);
        _ = await run.MoveAsync([target], Switch);
        others!.Act = async () =>
        {
            await SetSeatsAsync(run, source, source.SubscriptionId!, 19);
            run.Tenant.SetFaults(new SandboxFault("POST", AssignUser, "status:400", times: 2));
        };
        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        var left = Assert.Single(run.Customer().Users, user => user.Licenses.Count == 0);
        await SetSeatsAsync(run, source, source.SubscriptionId!, 20);

        _ = await run.UndoAsync(source);

        Assert.Equal(target.SourceSkuId!, Assert.Single(run.Customer().Users.Single(user => user.Id == left.Id).Licenses).SkuId, ignoreCase: true);
    }

    [Fact]
    public async Task What_was_declined_for_one_source_is_not_switched_with_another_of_the_same_group()
    {
        using var run = await StartAsync("scale:customers=1,subscriptions=2,users=4,assignedBy=groups");
        var sources = await run.FindAsync();
        var targets = await run.BuyAsync(sources);
        var group = run.Customer().Groups[0];
        var (own, other) = targets[0].SourceSkuId!.Equals(group.Licenses[0].SkuId, StringComparison.OrdinalIgnoreCase) ? (targets[0], targets[1]) : (targets[1], targets[0]);
        await ChangeGroupAsync(run, sources[0], group.Id, new(SkuId.From(other.SourceSkuId!), []), remove: null);

        // The one source with the group; then the other source, without a group.
        run.Confirmer = new ScriptedConfirmer(number => Task.FromResult(number <= 3 ? ConfirmationAnswer.Confirmed : ConfirmationAnswer.Declined));

        _ = await run.MoveAsync([own, other], Switch);

        var licenses = run.Customer().Groups.Single(known => known.Id == group.Id).Licenses.Select(license => license.SkuId.ToUpperInvariant());
        Assert.Contains(other.SourceSkuId!.ToUpperInvariant(), licenses);
        Assert.DoesNotContain(other.SkuId!.ToUpperInvariant(), licenses);
        Assert.All(run.Errors, error => Assert.Equal("GroupNotSwitched", error.ErrorId));
    }

    [Theory]
    [InlineData("status:403")]
    [InlineData("status:404")]
    public async Task Where_the_members_may_not_be_read_or_the_group_is_gone_the_other_users_are_moved_all_the_same(string fault)
    {
        using var run = await StartAsync("edge-cases");
        var target = await run.BuyOneAsync(await run.FindOneAsync(DirectAndGroup));
        run.Tenant.SetFaults(new SandboxFault("GET", Members, fault, times: 100));

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        Assert.Equal((4, 2), (move.Moved, move.Remaining));
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task Where_a_member_cannot_be_given_a_usage_location_the_group_is_left_and_the_other_users_are_moved()
    {
        using var run = await StartAsync("edge-cases", inner => new MembersWithoutLocation(inner));
        var target = await run.BuyOneAsync(await run.FindOneAsync(DirectAndGroup));
        run.Tenant.SetFaults(new SandboxFault("PATCH", "/v1.0/users/{userId}", "status:403", times: 100));

        var move = Assert.Single(await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch, UsageLocation = "US" }));

        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        Assert.Equal((4, 2), (move.Moved, move.Remaining));
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST " + Assign));
    }

    [Fact]
    public async Task Where_the_members_may_not_be_read_readiness_says_that_the_group_will_not_be_switched()
    {
        using var run = await StartAsync("edge-cases");
        var source = await run.FindOneAsync(ByGroup);
        run.Tenant.SetFaults(new SandboxFault("GET", Members, "status:403", times: 100));

        var readiness = Assert.Single(await run.Client.Readiness.CheckAsync([source], new(), GroupLicenseChoice.Switch, default));

        var check = readiness.Checks.Single(check => check.Rule == "Group licenses");
        Assert.Equal((ReadinessResult.Warn, "GroupNotSwitched"), (check.Result, check.ErrorId));
    }

    [Fact]
    public async Task A_member_to_whom_a_rollback_cannot_assign_the_old_license_in_any_way_keeps_the_new_one_directly()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("scale:customers=1,subscriptions=1,users=20,assignedBy=groups", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = Assert.Single(await run.FindAsync());
        var target = await run.BuyOneAsync(source);
        _ = await run.MoveAsync([target], Switch);
        var off = Assert.Single(Assert.Single(run.Customer().Groups).Licenses).DisabledPlans;
        others!.Act = () => SetSeatsAsync(run, source, source.SubscriptionId!, 19);

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        var left = Assert.Single(run.Customer().Users, user => user.Licenses.All(license => !license.SkuId.Equals(target.SourceSkuId, StringComparison.OrdinalIgnoreCase)));
        var license = Assert.Single(left.Licenses);
        Assert.Equal((target.SkuId!.ToUpperInvariant(), 0), (license.SkuId.ToUpperInvariant(), license.AssignedByGroup.Count));
        Assert.Equal(off, license.DisabledPlans);
        Assert.Equal("active", run.Subscription(target.TargetSubscriptionId!).Status);

        await SetSeatsAsync(run, source, source.SubscriptionId!, 20);
        _ = await run.UndoAsync(source);

        Assert.All(run.Customer().Users, user => Assert.Equal(target.SourceSkuId!, Assert.Single(user.Licenses).SkuId, ignoreCase: true));
        Assert.Equal("suspended", run.Subscription(target.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task A_member_who_is_deleted_before_the_others_follow_is_reported_so_and_holds_nothing_up()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));
        var deleted = run.Customer(ByGroup).Users[0];
        others!.Act = async () =>
        {
            using var service = new DirectService(run.Tenant);
            await service.DeleteUserAsync(run.Customer(ByGroup), deleted);
        };

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Empty(run.Errors);
        Assert.Equal(UserMoveOutcome.UserDeleted, move.Users.Single(user => user.UserId == deleted.Id).Outcome);
        Assert.Equal((5, 0, true), (move.Moved, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task A_group_for_which_seats_are_taken_while_the_answer_about_another_is_awaited_is_not_switched()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? others = null;
        using var run = await StartAsync(TwoGroups, inner => others = new InterveningHandler(inner, "/assignLicense"), time);
        var (sources, targets, groups, first) = await BuyForTwoGroupsAsync(run);
        var second = targets.Single(target => target != first);
        var member = run.Customer().Users.First(user => user.Licenses[0].AssignedByGroup.Contains(groups[0].Id));
        others!.Act = async () =>
        {
            await AssignAsync(run, sources[0], member.Id, second.TargetSku!.Value);
            await Task.Delay(TimeSpan.FromMinutes(5), time);
        };

        _ = await run.MoveAsync(targets, Switch);

        Assert.Equal("GroupNotSwitched", run.TakeError().ErrorId);
        Assert.Equal(second.SourceSkuId!, Assert.Single(run.Customer().Groups.Single(group => group.Id == groups[1].Id).Licenses).SkuId, ignoreCase: true);
        Assert.Equal(first.SkuId!, Assert.Single(run.Customer().Groups.Single(group => group.Id == groups[0].Id).Licenses).SkuId, ignoreCase: true);
    }

    [Fact]
    public async Task A_member_with_a_license_error_has_a_direct_license_before_the_slowest_member_has_followed()
    {
        using var time = VirtualTime.Automatic();
        SlowMember? slow = null;
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(slow = new SlowMember(inner), "/assignLicense"), time);
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        var members = Assert.Single(run.Customer(ByGroup).Groups).Members;
        var atEnd = new List<int>();
        others!.Act = async () =>
        {
            // One seat is missing: the last member has an error, and the first is shown as one who has yet to follow.
            await SetSeatsAsync(run, source, target.TargetSubscriptionId!, 5);
            slow!.Delay(members[0], target.SkuId!, target.SourceSkuId!, readings: 5, () => atEnd.Add(run.Customer(ByGroup).Users.Count(user => user.Licenses.Count == 0)));
        };

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal([0], atEnd);
        var left = Assert.Single(move.Users, user => user.Outcome != UserMoveOutcome.Moved);
        Assert.Equal(UserMoveOutcome.NoFreeSeat, left.Outcome);
        Assert.Contains("CountViolation", left.Reason!, StringComparison.Ordinal);
        Assert.Equal((5, 1, false), (move.Moved, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task A_member_whom_one_group_has_failed_does_not_wait_for_the_members_of_another()
    {
        using var time = VirtualTime.Automatic();
        SlowMember? slow = null;
        InterveningHandler? others = null;
        using var run = await StartAsync(TwoGroups, inner => others = new InterveningHandler(slow = new SlowMember(inner), "/assignLicense", skip: 1), time);
        var (sources, targets, groups, first) = await BuyForTwoGroupsAsync(run);
        var second = targets.Single(target => target != first);
        var atEnd = new List<int>();
        others!.Act = async () =>
        {
            await SetSeatsAsync(run, sources[0], second.TargetSubscriptionId!, second.Quantity - 1);
            slow!.Delay(groups[0].Members[0], first.SkuId!, first.SourceSkuId!, readings: 5, () => atEnd.Add(run.Customer().Users.Count(user => user.Licenses.Count == 0)));
        };

        _ = await run.MoveAsync(targets, Switch);

        Assert.Equal([0], atEnd);
        Assert.All(run.Customer().Users, user => Assert.NotEmpty(user.Licenses));
    }

    [Fact]
    public async Task An_interrupted_switch_is_finished_also_where_the_members_of_another_do_not_follow_in_time()
    {
        using var time = VirtualTime.Automatic();
        SlowMember? slow = null;
        InterveningHandler? others = null;
        using var run = await StartAsync(TwoGroups, inner => others = new InterveningHandler(slow = new SlowMember(inner), "/assignLicense", skip: 1), time);
        var (sources, targets, groups, first) = await BuyForTwoGroupsAsync(run);
        var second = targets.Single(target => target != first);
        others!.Act = async () =>
        {
            await SetSeatsAsync(run, sources[0], second.TargetSubscriptionId!, second.Quantity - 1);
            run.Tenant.SetFaults(new SandboxFault("GET", Members, "status:403", times: 2));
            slow!.Delay(groups[0].Members[0], first.SkuId!, first.SourceSkuId!, readings: 1000, () => { });
        };
        Assert.Empty(await run.MoveAsync(targets, Switch));
        run.Errors.Clear();
        _ = Assert.Single(run.Customer().Users, user => user.Licenses.Count == 0);

        Assert.Empty(await run.MoveAsync(targets));

        Assert.All(run.Errors, error => Assert.Equal("ProvisioningPending", error.ErrorId));
        Assert.All(run.Customer().Users, user => Assert.NotEmpty(user.Licenses));
    }

    [Fact]
    public async Task A_source_is_not_ended_by_its_id_while_an_interrupted_switch_may_have_left_a_member_without_a_license()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        others!.Act = () => SetSeatsAsync(run, source, target.TargetSubscriptionId!, 5);
        run.Tenant.SetFaults(new SandboxFault("GET", Members, "status:403", skip: 2, times: 1));
        Assert.Empty(await run.MoveAsync([target], Switch));
        run.Errors.Clear();
        _ = Assert.Single(run.Customer(ByGroup).Users, user => user.Licenses.Count == 0);

        Assert.Empty(await run.SuspendAsync([new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId }]));

        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Contains("interrupted", error.Problem, StringComparison.Ordinal);
        Assert.Contains("Move-UserLicense", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
        Assert.NotEqual(MigrationState.LicensesMoved, (await run.RefreshAsync()).Single().State);

        await SetSeatsAsync(run, source, target.TargetSubscriptionId!, 6);
        var move = Assert.Single(await run.MoveAsync([target]));
        Assert.Equal(6, move.Users.Count);
        Assert.All(run.Customer(ByGroup).Users, user => Assert.Equal(target.SkuId!, Assert.Single(user.Licenses).SkuId, ignoreCase: true));
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync([new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId }])).Outcome);
    }

    [Fact]
    public async Task A_switch_that_was_begun_and_never_made_keeps_its_source_from_ending_only_until_the_next_move()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("edge-cases", through: null, time);
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        run.Tenant.SetFaults(new SandboxFault("POST", Assign, "drop-before", times: 10_000));
        Assert.Empty(await run.MoveAsync([target], Switch));
        run.Errors.Clear();
        run.Tenant.SetFaults();
        await ChangeGroupAsync(run, source, Assert.Single(run.Customer(ByGroup).Groups).Id, assign: null, target.SourceSku);
        await Task.Delay(TimeSpan.FromHours(1), time);

        _ = await run.MoveAsync([target]);

        var ended = await run.SuspendAsync([new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId }]);
        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
    }

    [Fact]
    public async Task A_member_from_whom_the_service_cannot_take_the_old_license_is_reported_so_and_not_waited_for()
    {
        using var time = VirtualTime.Automatic();
        DependentMember? dependent = null;
        using var run = await StartAsync("edge-cases", inner => dependent = new DependentMember(inner), time);
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        var group = Assert.Single(run.Customer(ByGroup).Groups);
        dependent!.Keep(group.Members[0], group.Id, target.SkuId!, target.SourceSkuId!);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Empty(run.Errors);
        var left = Assert.Single(move.Users, user => user.Outcome != UserMoveOutcome.Moved);
        Assert.Equal((group.Members[0], UserMoveOutcome.GroupHeld), (left.UserId, left.Outcome));
        Assert.Contains("DependencyViolation", left.Reason!, StringComparison.Ordinal);
        Assert.Equal((5, 1, false), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Equal(5, run.Client.Status.Read().Single().LicenseMove!.Moved);
    }

    [Fact]
    public async Task Groups_are_read_once_for_the_targets_that_come_within_a_minute()
    {
        using var run = await StartAsync("edge-cases");
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));
        var first = await run.Client.LicenseMoves.ConfirmAsync(target, Switch, [], UnattendedConfirmer.Confirming, default);
        var before = run.Tenant.GetRequests().Total;

        var second = await run.Client.LicenseMoves.ConfirmAsync(target, Switch, [first!], UnattendedConfirmer.Confirming, default);

        Assert.Equal(before, run.Tenant.GetRequests().Total);
        Assert.Equal(first!.Groups, second!.Groups);
        _ = Assert.Single(second.Groups);
    }

    // A source for each of two groups, which are switched in the order of their ids: the first is the target of the first.
    private static async Task<(List<ExpiringSubscription> Sources, List<TargetSubscription> Targets, List<SandboxGroup> Groups, TargetSubscription First)> BuyForTwoGroupsAsync(SandboxRun run)
    {
        var sources = await run.FindAsync();
        var targets = await run.BuyAsync(sources, new() { RightSize = true });
        var groups = run.Customer().Groups.OrderBy(group => group.Id, StringComparer.OrdinalIgnoreCase).ToList();
        return (sources, targets, groups, targets.Single(target => target.SourceSkuId!.Equals(groups[0].Licenses[0].SkuId, StringComparison.OrdinalIgnoreCase)));
    }

    // As someone else does it, in the portal.
    private static async Task AssignAsync(SandboxRun run, ExpiringSubscription source, string userId, SkuId skuId)
    {
        var operation = run.Client.Operation;
        var change = new LicenseChange<IdKind.User>(UserId.From(userId), [new(skuId, [])], []);
        Assert.Null(Assert.Single(await operation.Session.Graph!.For(source.Customer, operation.Call).ChangeLicensesAsync([change], default)));
    }

    private static Task ChangeGroupAsync(SandboxRun run, ExpiringSubscription source, string groupId, KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>? assign, SkuId? remove)
    {
        var operation = run.Client.Operation;
        var change = new LicenseChange<IdKind.Group>(GroupId.From(groupId), assign is { } sku ? [sku] : [], remove is { } skuId ? [skuId] : []);
        return operation.Session.Graph!.For(source.Customer, operation.Call).ChangeGroupLicensesAsync(change, default);
    }

    private static async Task SetSeatsAsync(SandboxRun run, ExpiringSubscription source, string subscriptionId, int seats)
    {
        var operation = run.Client.Operation;
        _ = await operation.Client.Subscriptions.SetQuantityAsync(source.Customer, SubscriptionId.From(subscriptionId), seats, new TermEndKeeper(operation), default);
    }

    private static Task<SandboxRun> StartAsync(string scenario, Func<HttpMessageHandler, HttpMessageHandler>? through = null, TimeProvider? time = null)
    {
        return SandboxRun.StartAsync(scenario, through, options => options.LicenseApi = LicenseApi.Graph, time);
    }

    // The members of groups, as if none had a usage location.
    private sealed class MembersWithoutLocation(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal))
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                response.Content = new StringContent(Regex.Replace(text, "\"usageLocation\":\\s*\"[A-Z]+\"", "\"usageLocation\":null"), Encoding.UTF8, "application/json");
            }

            return response;
        }
    }

    // One member of the groups is shown for a while as one who has yet to follow the group.
    private sealed class SlowMember(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private (string UserId, string To, string From, Action AtEnd)? _slow;
        private int _readings;

        public void Delay(string userId, string to, string from, int readings, Action atEnd) => (_slow, _readings) = ((userId, to, from, atEnd), readings);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isReading = _slow is not null && request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal);
            if (isReading && _readings-- == 0)
            {
                _slow!.Value.AtEnd();
                _slow = null;
            }

            var response = await base.SendAsync(request, cancellationToken);
            return isReading && _slow is { } slow ? await response.WithMemberAsync(slow.UserId, states => states.Replace(slow.To, slow.From, StringComparison.OrdinalIgnoreCase)) : response;
        }
    }

    // From one member the service cannot take what the group assigned before, because another license depends on it.
    private sealed class DependentMember(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private (string UserId, string GroupId, string To, string From)? _kept;

        public void Keep(string userId, string groupId, string to, string from) => _kept = (userId, groupId, to, from);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return _kept is { } kept && request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal)
                ? await response.WithMemberAsync(kept.UserId, states => !states.Contains(kept.To, StringComparison.OrdinalIgnoreCase) ? states
                    : $$"""[{"skuId":"{{kept.From}}","disabledPlans":[],"assignedByGroup":"{{kept.GroupId}}","state":"ActiveWithError","error":"DependencyViolation"},{{states[1..]}}""")
                : response;
        }
    }

    // Someone else does something before the next batch; the process ends when that has been carried out, before its answer is seen.
    private sealed class KillingHandler(HttpMessageHandler inner, CancellationTokenSource killed) : DelegatingHandler(inner)
    {
        public Func<Task>? Act { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Act is not { } act || !request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            await act();
            using var response = await base.SendAsync(request, cancellationToken);
            await killed.CancelAsync();
            throw new OperationCanceledException(killed.Token);
        }
    }
}
