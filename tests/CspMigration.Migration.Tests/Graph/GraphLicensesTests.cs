using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Migration.Tests.Resilience;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Graph;

/// <summary>Licenses through Microsoft Graph (docs/rules.md, rule 30): the same end as through Partner Center, in fewer calls, whatever happens to a batch.</summary>
public sealed class GraphLicensesTests
{
    private const string Assign = "/v1.0/users/{userId}/assignLicense";
    private const string Batch = "/v1.0/$batch";
    private const string DirectAndGroup = "Held by a group and directly";

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    [InlineData("seed-mapping")]
    [InlineData("edge-cases")]
    [InlineData("scale:customers=3,subscriptions=3,users=90")]
    public async Task Every_scenario_ends_in_the_same_state_by_either_way(string scenario)
    {
        using var byPartnerCenter = await StartAsync(scenario, LicenseApi.PartnerCenter, SandboxRun.LoadEdgeCaseMap);
        using var byGraph = await StartAsync(scenario, LicenseApi.Auto, SandboxRun.LoadEdgeCaseMap);

        _ = await byPartnerCenter.FinishAsync(await byPartnerCenter.FindAsync(Everything));
        _ = await byGraph.FinishAsync(await byGraph.FindAsync(Everything));

        Assert.NotEqual(0, byGraph.Tenant.GetRequests().Count("batch POST " + Assign));
        Assert.Equal(StateOf(byPartnerCenter), StateOf(byGraph));
        Assert.Empty(byGraph.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_holder_by_group_and_directly_is_left_whole_where_the_group_is_not_changed()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(await run.FindOneAsync(DirectAndGroup))]));

        Assert.Equal((4, 2, 2), (move.Moved, move.Failed, move.Remaining));
        Assert.All(move.Users.Where(user => user.Outcome != UserMoveOutcome.Moved), user => Assert.Equal(UserMoveOutcome.GroupHeld, user.Outcome));
        Assert.Equal(2, run.Customer(DirectAndGroup).Users.Count(user => user.Licenses.Count == 1 && user.Licenses[0] is { InheritedFromGroup: false, AssignedByGroup.Count: 1 }));
    }

    [Theory]
    [InlineData("contoso", 20)]
    [InlineData("scale:customers=1,subscriptions=1,users=1100", 1100)]
    public async Task The_calls_for_licenses_are_few(string scenario, int holders)
    {
        using var run = await StartAsync(scenario, LicenseApi.Graph);
        var bought = await run.BuyAsync(await run.FindAsync());
        var before = GraphCalls(run);

        var moves = await run.MoveAsync(bought);

        Assert.Equal(holders, moves.Sum(move => move.Moved));
        var calls = GraphCalls(run) - before;
        var units = run.Tenant.GetRequests().Count("GET /v1.0/subscribedSkus");
        Assert.InRange(calls, 1, 1 + Pages(holders, 999) + Pages(holders, 20) + units);
        Assert.Equal(holders, run.Tenant.GetRequests().Count("batch POST " + Assign));
    }

    [Fact]
    public async Task A_thousand_holders_among_two_thousand_users_take_at_most_54_calls_beside_those_for_units()
    {
        using var run = await StartAsync("scale:customers=1,subscriptions=2,users=2000", LicenseApi.Graph);
        var source = (await run.FindAsync())[0];

        _ = await run.CompleteAsync([source]);

        // Two pages of holders, and fifty batches of twenty; nothing is read again.
        Assert.Equal(1000, run.Tenant.GetRequests().Count("batch POST " + Assign));
        Assert.InRange(GraphCalls(run) - run.Tenant.GetRequests().Count("GET /v1.0/subscribedSkus"), 2 + 50, 54);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("truncate")]
    [InlineData("status:503")]
    public async Task After_a_lost_reply_of_a_batch_only_those_who_were_not_moved_are_sent_again(string fault)
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("contoso", LicenseApi.Graph, time: time);
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(new SandboxFault("POST", Batch, fault));

        var move = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((20, 0, true), (move.Moved, move.Failed, move.IsComplete));
        Assert.Equal(20, run.Tenant.GetRequests().Count("batch POST " + Assign));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Only_the_items_that_were_throttled_are_sent_again_after_the_time_that_each_names()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("contoso", LicenseApi.Graph, time: time);
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(
            new SandboxFault("POST", Assign, "status:429;retry-after=0.249", 2, 3), new SandboxFault("POST", Assign, "status:429;retry-after=7", 9, 1), new SandboxFault("POST", Assign, "status:429", 15, 1));
        var startedOn = time.GetUtcNow();

        var move = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal(20, move.Moved);
        Assert.InRange(time.GetUtcNow() - startedOn, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(30));
        Assert.Equal(20, run.Tenant.GetRequests().Count("batch POST " + Assign));
        Assert.Equal(5, run.Tenant.GetRequests().Throttled);
    }

    [Fact]
    public async Task With_a_third_of_all_items_throttled_or_failed_all_are_moved_and_nobody_is_without_a_license()
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            using var time = VirtualTime.Automatic();
            using var run = await StartAsync("contoso", LicenseApi.Graph, time: time);
            var bought = await run.BuyAsync(await run.FindAsync());
            run.Tenant.SetFaults([.. Faults(new Random(seed))]);

            var move = Assert.Single(await run.MoveAsync(bought));

            Assert.True(move is { Moved: 20, Failed: 0, IsComplete: true }, $"seed {seed}: {move.Moved} moved, {move.Failed} failed: {move.Users.FirstOrDefault(user => user.Reason is not null)?.Reason}");
            Assert.Empty(run.Tenant.GetState().Violations);
        }
    }

    [Fact]
    public async Task Writes_stay_within_what_the_tenant_takes()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("scale:customers=1,subscriptions=1,users=100,graphWrites=30", LicenseApi.Graph, time: time);

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        Assert.Equal((100, true), (move.Moved, move.IsComplete));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Holders_whom_the_index_does_not_know_yet_are_found_all_the_same()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("contoso:graphIndexLag=PT10M", LicenseApi.Graph, time: time);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);

        _ = await run.UndoAsync(source);

        var skuId = run.Subscription(source.SubscriptionId!).SkuId;
        Assert.Equal(20, run.Customer().Users.Count(user => user.Licenses.Any(license => license.SkuId == skuId)));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("none", "AADSTS65001")]
    [InlineData("read", "LicenseAssignment.ReadWrite.All")]
    public async Task Without_consent_the_customer_goes_through_Partner_Center_and_the_reason_is_said(string consent, string reason)
    {
        using var run = await StartAsync($"contoso:graphConsent={consent}", LicenseApi.Auto);

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Contains(run.Observer.Messages, message => message.Contains("through Partner Center", StringComparison.Ordinal) && message.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(0, run.Tenant.GetRequests().Count("batch POST " + Assign));
        Assert.Equal(20, run.Tenant.GetRequests().Count("POST /v1/customers/{customerId}/users/{userId}/licenseupdates"));
    }

    [Fact]
    public async Task Where_Graph_is_asked_for_a_customer_without_consent_is_an_error_before_anything_is_bought()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);

        var error = await run.RefusePurchaseAsync(await run.FindOneAsync("No consent for Microsoft Graph"));

        Assert.Equal(("GraphNotAvailable", run.Customer("No consent for Microsoft Graph").Id), (error.ErrorId, error.CustomerId));
    }

    [Fact]
    public async Task Readiness_names_the_groups_and_how_many_each_covers()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);

        var readiness = await run.CheckAsync(await run.FindOneAsync("Nested group"));

        var check = readiness.Checks.Single(check => check.Rule == "Group licenses");
        Assert.Equal((ReadinessResult.Warn, "HoldersRemain"), (check.Result, check.ErrorId));
        Assert.Contains("Sales (2)", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_is_certain_where_no_license_comes_from_a_group()
    {
        using var run = await StartAsync("contoso", LicenseApi.Graph);

        var readiness = await run.CheckAsync(Assert.Single(await run.FindAsync()));

        Assert.Equal(ReadinessResult.Pass, readiness.Checks.Single(check => check.Rule == "Group licenses").Result);
    }

    [Fact]
    public async Task A_plan_shows_who_is_held_by_a_group_and_sends_nothing()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);
        var planned = await run.BuyAsync([await run.FindOneAsync("Held by a group alone")], planOnly: true);

        var move = Assert.Single(await run.MoveAsync(planned, planOnly: true));

        Assert.All(move.Users, user => Assert.Equal(UserMoveOutcome.GroupHeld, user.Outcome));
        Assert.Equal(6, move.Users.Count);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Who_is_left_to_a_group_is_in_the_journal_with_the_reason()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);
        _ = await run.MoveAsync([await run.BuyOneAsync(await run.FindOneAsync("Nested group"))]);

        var users = Assert.Single(run.Client.Status.Read()).LicenseMove!.Users.Where(user => user.Outcome != UserMoveOutcome.Moved).ToList();

        Assert.Equal(2, users.Count);
        Assert.All(users, user => Assert.Equal((UserMoveOutcome.GroupHeld, true), (user.Outcome, user.Reason!.Contains("comes from the group", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_Graph_that_cannot_be_reached_is_tried_for_one_customer_and_not_for_every_other()
    {
        using var time = VirtualTime.Automatic();
        using var run = await StartAsync("scale:customers=4,subscriptions=1,users=3", LicenseApi.Auto, time: time);
        run.Tenant.SetFaults(new SandboxFault("GET", "/v1.0/subscribedSkus", "status:503", times: 10_000));

        foreach (var customer in run.Tenant.GetState().Customers)
        {
            _ = await run.BuyAsync(await run.FindAsync(customer.CompanyName));
        }

        Assert.Empty(run.Errors);
        Assert.Equal(1, run.Tenant.GetRequests().Count("POST /{tenant}/oauth2/v2.0/token"));
        Assert.Equal(4, run.Observer.Messages.Count(message => message.Contains("through Partner Center", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task In_the_cloud_of_21Vianet_licenses_move_through_Graph()
    {
        using var run = await StartAsync("contoso:cloud=China", LicenseApi.Auto, options => options.Environment = PartnerEnvironment.China);

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(20, run.Tenant.GetRequests().Count("batch POST " + Assign));
    }

    [Fact]
    public async Task With_Partner_Center_alone_Graph_is_never_asked()
    {
        using var run = await StartAsync("contoso", LicenseApi.PartnerCenter);

        _ = await run.MigrateAsync();

        Assert.DoesNotContain(run.Tenant.GetRequests().ByRoute.Keys, route => route.Contains("/v1.0/", StringComparison.Ordinal) || route.Contains("oauth2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_without_a_usage_location_get_one_and_are_moved()
    {
        using var run = await StartAsync("edge-cases", LicenseApi.Graph);

        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(await run.FindOneAsync("No usage location"))], new() { UsageLocation = "DE" }));

        Assert.Equal((6, 0), (move.Moved, move.Failed));
        Assert.Equal(2, run.Customer("No usage location").Users.Count(user => user.UsageLocation == "DE"));
    }

    private static List<SandboxFault> Faults(Random random)
    {
        string[] actions = ["status:429;retry-after=0.249", "status:429", "status:429;retry-after=2", "status:503", "status:500", "drop-before", "drop-after"];
        return Enumerable.Range(0, 80).Where(_ => random.NextDouble() < 0.3).Select(skip => new SandboxFault("POST", Assign, actions[random.Next(actions.Length)], skip)).ToList();
    }

    [Fact]
    public async Task Licenses_that_the_service_does_not_show_are_unknown_and_no_user_is_called_moved()
    {
        var isHidden = false;
        using var run = await SandboxRun.StartAsync(
            "contoso",
            inner => new RequestRecorder(inner, (_, text) => isHidden ? text.Replace("\"licenseAssignmentStates\"", "\"somethingElse\"", StringComparison.Ordinal) : text),
            options => options.LicenseApi = LicenseApi.Graph);
        var source = Assert.Single(await run.FindAsync());
        var target = await run.BuyOneAsync(source);
        isHidden = true;

        Assert.Empty(await run.MoveAsync([target]));
        Assert.Equal("UnexpectedAnswer", run.TakeError().ErrorId);
        isHidden = false;
        Assert.Equal(20, Assert.Single(await run.MoveAsync([target])).Moved);
        isHidden = true;
        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        _ = run.TakeError();
        Assert.Equal("active", run.Subscription(target.TargetSubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    private static Task<SandboxRun> StartAsync(string scenario, LicenseApi licenses, Action<ConnectionOptions>? configure = null, TimeProvider? time = null)
    {
        return SandboxRun.StartAsync(
            scenario,
            configure: options =>
            {
                options.LicenseApi = licenses;
                configure?.Invoke(options);
            },
            time: time);
    }

    // A user who holds it by a group and directly is moved in part through Partner Center, which does not know the group.
    private static string StateOf(SandboxRun run)
    {
        var state = run.Tenant.GetState();
        return EndState.Of(new SandboxState([.. state.Customers.Where(customer => customer.CompanyName != DirectAndGroup)], []));
    }

    private static int Pages(int items, int size) => (items + size - 1) / size;

    private static long GraphCalls(SandboxRun run)
    {
        var requests = run.Tenant.GetRequests().ByRoute;
        return requests.Where(route => route.Key.Contains(" /v1.0/", StringComparison.Ordinal) && !route.Key.StartsWith("batch ", StringComparison.Ordinal)).Sum(route => route.Value);
    }

    private static void Everything(Core.Discovery.DiscoveryQuery query) => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true);

}
