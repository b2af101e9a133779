using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Users;
using CspMigration.Graph.Resources;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Graph;

/// <summary>Groups that someone joins or leaves while their licenses are exchanged (docs/rules.md, rule 31): no member is without a license, and only who was moved counts.</summary>
public sealed class GroupMembershipTests
{
    private const string ByGroup = "Held by a group alone";
    private const string Nested = "Nested group";

    private static LicenseMoveOptions Switch => new() { GroupLicense = GroupLicenseChoice.Switch };

    [Fact]
    public async Task Who_joins_before_the_switch_gets_the_target_and_is_not_counted_as_moved()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync(inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source);
        var (group, joining) = (GroupOf(run, "Sales"), Spare(run));
        others!.Act = () => JoinAsync(run, group, joining);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Empty(run.Errors);
        Assert.Equal((6, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        AssertHolds(run, joining, target.SkuId!);
        Assert.DoesNotContain(move.Users, user => user.UserId == joining);
        AssertCountsAreTrue(run, source, target, move);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync([move])).Outcome);
    }

    [Fact]
    public async Task Who_joins_before_the_switch_without_a_seat_for_them_depends_on_the_source_and_is_listed()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync(inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source, new() { Quantity = 2 });
        var (group, joining) = (GroupOf(run, "Sales"), Spare(run));
        others!.Act = () => JoinAsync(run, group, joining);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        // Four users and, of three members, one: there are two seats.
        var state = run.Customer(Nested);
        Assert.All(state.Users, user => Assert.NotEmpty(user.Licenses));
        Assert.Equal(5, state.Users.Count(user => Holds(user, target.SourceSkuId!)));
        Assert.Equal((5, false), (move.Remaining, move.IsComplete));
        AssertCountsAreTrue(run, source, target, move);
    }

    [Fact]
    public async Task Who_leaves_before_the_members_have_followed_is_not_counted_as_moved()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? others = null;
        using var run = await StartSlowAsync(time, inner => others = new InterveningHandler(inner, "/members", HttpMethod.Get, skip: 2));
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);
        run.Tenant.AdvanceClock(TimeSpan.FromMinutes(10));
        var group = GroupOf(run, "Sales", ByGroup);
        var leaving = group.Members[^1];
        others!.Act = async () =>
        {
            using var service = new DirectService(run.Tenant);
            await service.LeaveAsync(run.Customer(ByGroup), group.Id, leaving);
        };

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal(5, move.Moved);
        Assert.NotEqual(UserMoveOutcome.Moved, move.Users.Single(user => user.UserId == leaving).Outcome);
        AssertCountsAreTrue(run, source, target, move, ByGroup);
    }

    [Theory]
    [InlineData(0, "Sales", "Sales assistants")]
    [InlineData(0, "Sales assistants", "Sales")]
    [InlineData(1, "Sales", "Sales assistants")]
    [InlineData(1, "Sales assistants", "Sales")]
    public async Task Who_moves_between_two_groups_that_are_both_switched_keeps_a_license_and_is_counted_at_most_once(int skip, string from, string to)
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? others = null;
        using var run = await StartSlowAsync(time, inner => others = new InterveningHandler(inner, "/assignLicense", skip: skip));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source);
        await AssignToAssistantsAsync(run, source, target);
        run.Tenant.AdvanceClock(TimeSpan.FromMinutes(10));
        var moving = GroupOf(run, from).Members[0];
        others!.Act = async () =>
        {
            using var service = new DirectService(run.Tenant);
            await service.JoinAsync(run.Customer(Nested), GroupOf(run, to).Id, moving);
            await service.LeaveAsync(run.Customer(Nested), GroupOf(run, from).Id, moving);
        };

        var first = Assert.Single(await run.MoveAsync([target], Switch));
        AssertCountsAreTrue(run, source, target, first);
        run.Errors.Clear();
        run.Tenant.AdvanceClock(TimeSpan.FromMinutes(30));
        var second = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Empty(run.Errors);
        Assert.True(second.IsComplete);
        Assert.All(run.Customer(Nested).Users, user => Assert.Equal(target.SkuId!, Assert.Single(user.Licenses).SkuId, ignoreCase: true));
        AssertCountsAreTrue(run, source, target, second);
        Assert.Equal([], run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Who_joins_between_a_rollback_and_its_write_is_not_counted_as_moved_back()
    {
        InterveningHandler? others = null;
        using var run = await StartAsync(inner => others = new InterveningHandler(inner, "/assignLicense"));
        var source = await run.FindOneAsync(Nested);
        var target = await run.BuyOneAsync(source);
        _ = await run.MoveAsync([target], Switch);
        var (group, joining) = (GroupOf(run, "Sales"), Spare(run));
        others!.Act = () => JoinAsync(run, group, joining);

        var undone = Assert.Single(await run.UndoAsync(source));

        Assert.Equal(6, undone.LicenseMove!.Moved);
        Assert.DoesNotContain(undone.LicenseMove.Users, user => user.UserId == joining);
        AssertHolds(run, joining, target.SourceSkuId!);
    }

    [Fact]
    public async Task Who_gets_the_source_from_a_group_too_before_their_turn_is_not_called_moved()
    {
        const string Customer = "Held by a group and directly";
        using var time = VirtualTime.Automatic();
        InterveningHandler? others = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "/subscribedSkus", HttpMethod.Get, skip: 1), options => options.LicenseApi = LicenseApi.Graph, time);
        var source = await run.FindOneAsync(Customer);
        var target = await run.BuyOneAsync(source);
        var group = GroupOf(run, "Sales", Customer);
        var joining = run.Customer(Customer).Users.First(user => !group.Members.Contains(user.Id)).Id;
        others!.Act = async () =>
        {
            using var service = new DirectService(run.Tenant);
            await service.JoinAsync(run.Customer(Customer), group.Id, joining);
            await Task.Delay(TimeSpan.FromMinutes(2), time);
        };

        var move = Assert.Single(await run.MoveAsync([target]));

        Assert.Equal(UserMoveOutcome.GroupHeld, move.Users.Single(user => user.UserId == joining).Outcome);
        Assert.Equal((3, 3, false), (move.Moved, move.Remaining, move.IsComplete));
        AssertCountsAreTrue(run, source, target, move, Customer);
    }

    [Fact]
    public async Task A_member_whom_the_pages_repeat_is_one_member()
    {
        using var run = await StartAsync(inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/members", StringComparison.Ordinal) ? RepeatedUsers.In(text, "value") : text));
        var source = await run.FindOneAsync(ByGroup);
        var target = await run.BuyOneAsync(source);

        var move = Assert.Single(await run.MoveAsync([target], Switch));

        Assert.Equal((6, 6, true), (move.Moved, move.Users.Count, move.IsComplete));
        AssertCountsAreTrue(run, source, target, move, ByGroup);
    }

    // Whoever is called moved has the target and not the source, in the result and in the journal alike; and each of them once.
    private static void AssertCountsAreTrue(SandboxRun run, ExpiringSubscription source, TargetSubscription target, LicenseMove move, string customer = Nested)
    {
        var users = run.Customer(customer).Users.ToDictionary(user => user.Id, StringComparer.OrdinalIgnoreCase);
        var written = run.Client.Status.Read().Single(migration => migration.SourceSubscriptionId == source.SubscriptionId).LicenseMove!;
        foreach (var counted in new[] { move, written })
        {
            Assert.Equal(counted.Moved, counted.Users.Count(user => user.Outcome == UserMoveOutcome.Moved));
            Assert.Equal(counted.Users.Count, counted.Users.Select(user => user.UserId).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(counted.Users.Where(user => user.Outcome == UserMoveOutcome.Moved), user =>
            {
                Assert.True(Holds(users[user.UserId], target.SkuId!), $"{user.UserId} is called moved without the target.");
                Assert.False(Holds(users[user.UserId], target.SourceSkuId!), $"{user.UserId} is called moved and has the source.");
            });
        }
    }

    private static bool Holds(SandboxUser user, string skuId) => user.Licenses.Any(license => license.SkuId.Equals(skuId, StringComparison.OrdinalIgnoreCase));

    private static void AssertHolds(SandboxRun run, string userId, string skuId) => Assert.True(Holds(run.Customer(Nested).Users.Single(user => user.Id == userId), skuId));

    private static SandboxGroup GroupOf(SandboxRun run, string name, string customer = Nested) => run.Customer(customer).Groups.Single(group => group.DisplayName == name);

    // The member of the group in the group, who has no license.
    private static string Spare(SandboxRun run) => Assert.Single(GroupOf(run, "Sales assistants").Members);

    private static async Task JoinAsync(SandboxRun run, SandboxGroup group, string userId)
    {
        using var service = new DirectService(run.Tenant);
        await service.JoinAsync(run.Customer(Nested), group.Id, userId);
    }

    // The second group assigns the source too.
    private static async Task AssignToAssistantsAsync(SandboxRun run, ExpiringSubscription source, TargetSubscription target)
    {
        var operation = run.Client.Operation;
        var change = new LicenseChange<IdKind.Group>(GroupId.From(GroupOf(run, "Sales assistants").Id), [new(SkuId.From(target.SourceSkuId!), [])], []);
        await operation.Session.Graph!.For(source.Customer, operation.Call).ChangeGroupLicensesAsync(change, default);
    }

    private static Task<SandboxRun> StartAsync(Func<HttpMessageHandler, HttpMessageHandler> through) => SandboxRun.StartAsync("edge-cases", through, options => options.LicenseApi = LicenseApi.Graph);

    // Seats take five minutes, and so do the members of a group, one after another.
    private static Task<SandboxRun> StartSlowAsync(TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler> through)
    {
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", ProvisioningDelay = TimeSpan.FromMinutes(5), Time = time });
        return SandboxRun.ConnectAsync(tenant, through, options => (options.LicenseApi, options.Time) = (LicenseApi.Graph, time));
    }
}
