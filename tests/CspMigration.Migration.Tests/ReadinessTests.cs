using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>Readiness: a check a rule, the same for every source, and a line where the service has a way of its own.</summary>
public sealed class ReadinessTests
{
    private const string ServiceProfessional = "51F99B45-3F92-4EF0-9167-B04709A62106";

    [Fact]
    public async Task Every_source_gets_the_same_checks_in_the_same_order_however_far_it_comes()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        foreach (var row in await run.FindAsync(query => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true)))
        {
            var readiness = await run.CheckAsync(row);
            Assert.Equal(ReadinessRule.InOrder, readiness.Checks.Select(check => check.Rule));
            AssertReachedInOrder(readiness);
            Assert.All(readiness.Checks, check => Assert.False(string.IsNullOrWhiteSpace(check.Message)));
            Assert.Equal(readiness.Verdict == ReadinessVerdict.Blocked, readiness.Checks.Any(check => check.Result == ReadinessResult.Fail) || readiness.ErrorId == "NoTarget");
        }

        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task The_checks_are_made_in_the_order_in_which_they_are_listed()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        foreach (var row in await run.FindAsync(query => query.IncludeTrial = true))
        {
            run.Observer.Messages.Clear();
            _ = await run.BuyAsync([row], planOnly: true);

            var made = run.Observer.Messages
                .Select(message => Array.FindIndex(ReadinessRule.InOrder, rule => message.Contains($": {rule}: ", StringComparison.Ordinal)))
                .Where(index => index >= 0)
                .ToList();
            Assert.NotEmpty(made);
            Assert.Equal(made.Order(), made);
        }
    }

    [Theory]
    [InlineData("contoso", ServiceProfessional, "an upgrade")]
    [InlineData("contoso:legacyCommerce=closed", "CFQ7TTC0SB0D:0001", "a transition")]
    public async Task A_line_says_where_the_service_has_a_way_of_its_own(string scenario, string target, string way)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var bought = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = target, Quantity = 3 });
        var all = await run.FindAsync(query => (query.IncludeAutoRenew, query.Before) = (true, run.Client.Discovery.EndOfWindow(400)));

        var ours = await run.CheckAsync(all.Single(row => row.SubscriptionId == bought.TargetSubscriptionId), new PurchaseOptions { Target = "Dynamics 365 Customer Service" });
        var other = await run.CheckAsync(all.Single(row => row.OfferId!.Equals(Ids.AxEnterprise, StringComparison.OrdinalIgnoreCase)));

        Assert.Contains(ours.Checks, check => check.Message!.Contains(way, StringComparison.Ordinal) && check.Result == ReadinessResult.Pass);
        Assert.DoesNotContain(other.Checks, check => check.Message!.Contains(way, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Successor not in the catalog", "Cart line, Provisioning, Group licenses")]
    [InlineData("Order refused", "Cart line, Provisioning, Group licenses")]
    [InlineData("Limited offer with free seats", "Group licenses")]
    [InlineData("Limited offer with too few seats", "Provisioning, Group licenses")]
    [InlineData("Limited offer suspended", "Provisioning, Group licenses")]
    [InlineData("Conflicting plans", "Cart line, Provisioning, Group licenses, Service plans")]
    [InlineData("Two sources and one target", "Cart line, Provisioning, Group licenses")]
    [InlineData("Trial that converts", "")]
    [InlineData("More users than seats", "")]
    public async Task What_only_the_run_can_tell_is_listed_where_it_can_matter_and_nowhere_else(string customer, string rules)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([customer], true));

        var readiness = await run.Client.Readiness.CheckAsync(rows, new PurchaseOptions(), default, CancellationToken.None);

        Assert.All(readiness, row => Assert.Equal(rules, string.Join(", ", row.Checks.Where(check => check.Result == ReadinessResult.Unknown).Select(check => check.Rule))));
    }

    [Fact]
    public async Task The_same_SKU_on_both_sides_leaves_only_the_cart_to_the_run()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: SandboxRun.LoadEdgeCaseMap);

        var readiness = await run.CheckAsync(await run.FindOneAsync("Same SKU on both sides"));

        Assert.Equal([ReadinessRule.CartLine], readiness.Checks.Where(check => check.Result == ReadinessResult.Unknown).Select(check => check.Rule));
    }

    [Theory]
    [InlineData("Provisioning fails", ReadinessVerdict.Warning, "ProvisioningFailed", ReadinessResult.Warn)]
    [InlineData("Order refused", ReadinessVerdict.Ready, null, ReadinessResult.Pass)]
    public async Task A_target_that_is_there_says_whether_its_seats_are(string customer, ReadinessVerdict verdict, string? errorId, ReadinessResult result)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(customer);
        _ = await run.BuyOneAsync(source);

        var readiness = await run.CheckAsync(source);
        _ = await run.MoveAsync([await run.BuyOneAsync(source)]);

        Assert.Equal((verdict, errorId), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal(result, readiness.Checks.Single(check => check.Rule == ReadinessRule.Provisioning).Result);
        Assert.Equal(errorId is null ? [] : [errorId], run.Errors.Select(error => error.ErrorId));
    }

    [Theory]
    [InlineData("Paid for the year", "nothing is refunded", "-AtTermEnd")]
    public async Task What_the_last_step_warns_of_is_known_beforehand(string customer, string problem, string remedy)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(customer);

        var readiness = await run.CheckAsync(source);
        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(source)]));
        var plan = await run.Client.Suspensions.PlanAsync(SuspensionRequest.From(move), new SuspensionOptions(), CancellationToken.None);

        var check = readiness.Checks.Single(check => check.Rule == ReadinessRule.Ending);
        Assert.Equal((ReadinessVerdict.Warning, ReadinessResult.Warn), (readiness.Verdict, check.Result));
        Assert.Contains(problem, check.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, check.Remedy, StringComparison.Ordinal);
        Assert.Contains($"{check.Message} {check.Remedy}", plan.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seats_of_another_SKU_that_share_the_purchase_leave_nobody_behind()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("One SKU twice and one expiring");
        await service.OrderAsync(customer, Ids.TeamMembers, 20, "Members");
        var members = run.Customer(customer.CompanyName).Subscriptions.Single(subscription => subscription.OfferId == Ids.TeamMembers);
        var source = await run.FindOneAsync(customer.CompanyName);
        var other = await run.Client.Discovery.ReadAsync(customer.Id, members.Id, CancellationToken.None);
        var options = new PurchaseOptions { Target = "Dynamics 365 Customer Engagement Plan", Quantity = 5 };

        // Ten units stay for fourteen users: four go.
        var readiness = await run.Client.Readiness.CheckAsync([source, other], options, default, CancellationToken.None);

        Assert.Equal(ReadinessResult.Pass, readiness[0].Checks.Single(check => check.Rule == ReadinessRule.Users).Result);
    }

    [Fact]
    public async Task No_user_s_licenses_are_read_twice()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        _ = await run.CheckAsync(Assert.Single(await run.FindAsync()));

        Assert.InRange(run.Tenant.GetRequests().Count("GET /v1/customers/{customerId}/users/{userId}/licenses"), 20, run.Customer().Users.Count);
    }

    // All that stands above what stopped the source was looked at; all that stands below was not, and says what stopped it.
    private static void AssertReachedInOrder(MigrationReadiness readiness)
    {
        var isUnmapped = readiness.ErrorId == "NoTarget" && readiness.Checks.All(check => check.Result != ReadinessResult.Fail);
        var stopped = readiness.Checks.FirstOrDefault(check => isUnmapped ? check.Rule == ReadinessRule.Target : check.Result == ReadinessResult.Fail);
        if (stopped is null)
        {
            Assert.DoesNotContain(readiness.Checks, check => check.Message.StartsWith("Not reached", StringComparison.Ordinal));
            return;
        }

        var above = readiness.Checks.TakeWhile(check => check != stopped).ToList();
        var below = readiness.Checks.Skip(above.Count + 1).ToList();
        Assert.All(above, check => Assert.DoesNotMatch("^(Not reached|Nothing to check)", check.Message));
        Assert.All(below, check => Assert.Equal(isUnmapped ? "Not reached: there is no target." : $"Not reached: {stopped.Rule} failed.", check.Message));
    }
}
