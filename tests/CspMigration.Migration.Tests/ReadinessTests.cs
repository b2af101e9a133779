using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;
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
            Assert.All(readiness.Checks, check => Assert.False(string.IsNullOrWhiteSpace(check.Message)));
            Assert.Equal(readiness.Verdict == ReadinessVerdict.Blocked, readiness.Checks.Any(check => check.Result == ReadinessResult.Fail) || readiness.ErrorId == "NoTarget");
        }

        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("contoso", ServiceProfessional, "an upgrade")]
    [InlineData("contoso:legacyCommerce=closed", "CFQ7TTC0SB0D:0001", "a transition")]
    public async Task A_line_says_where_the_service_has_a_way_of_its_own(string scenario, string target, string way)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var bought = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = target, Quantity = 3 });
        var all = await run.FindAsync(query => (query.IncludeAutoRenew, query.Before) = (true, run.Operation.Discovery.EndOfWindow(400)));

        var ours = await run.CheckAsync(all.Single(row => row.SubscriptionId == bought.TargetSubscriptionId), new PurchaseOptions { Target = "Dynamics 365 Customer Service" });
        var other = await run.CheckAsync(all.Single(row => row.OfferId!.Equals(Ids.AxEnterprise, StringComparison.OrdinalIgnoreCase)));

        Assert.Contains(ours.Checks, check => check.Message!.Contains(way, StringComparison.Ordinal) && check.Result == ReadinessResult.Pass);
        Assert.DoesNotContain(other.Checks, check => check.Message!.Contains(way, StringComparison.Ordinal));
    }
}
