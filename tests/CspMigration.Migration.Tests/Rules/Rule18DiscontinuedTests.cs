using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 18: a discontinued offer: the equivalent has to be found, and it is said when data could be lost.</summary>
public sealed class Rule18DiscontinuedTests
{
    private const string Discontinued = "Discontinued without target";

    [Fact]
    public async Task What_the_map_does_not_know_is_left_out_without_an_error()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(Discontinued);

        var planning = await run.Client.Purchases.PlanAsync([source], new PurchaseOptions(), CancellationToken.None);

        Assert.Equal([source.SubscriptionId], planning.Unmapped.Select(row => row.Key.SubscriptionId));
        Assert.Empty(planning.Plans);
        Assert.Empty(planning.Failures);
        Assert.Empty(source.Targets);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Readiness_says_when_the_data_could_be_lost_and_what_to_do()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(Discontinued);

        var readiness = await run.CheckAsync(source);

        Assert.Equal((ReadinessVerdict.Blocked, "NoTarget"), (readiness.Verdict, readiness.ErrorId));
        var check = readiness.Checks.Single(check => check.ErrorId == "NoTarget");
        Assert.Contains(source.CommitmentEndDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), check.Message, StringComparison.Ordinal);
        Assert.Contains("data", check.Message, StringComparison.Ordinal);
        Assert.Contains("-Target", check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_equivalent_that_is_named_migrates_it()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var ended = await run.FinishAsync(await run.FindAsync(Discontinued), new PurchaseOptions { Target = "Dynamics 365 Sales" });

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task It_does_not_keep_the_customer_s_other_sources_back()
    {
        using var file = new TemporaryFile("map.json", """
            {
              "formatVersion": 1,
              "replacesBuiltIn": true,
              "mappings": [{ "family": "f", "source": { "name": "s", "offerIds": ["3A602B12-43AA-45CB-8FCD-A3FB61C75FF9"] }, "targets": ["Team Members"] }],
              "targets": { "Team Members": { "offers": [{ "offerId": "B2CCB51A-43C2-47D4-92DB-DBF14553A185" }] } }
            }
            """);
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.SkuMapPaths = [file.Path]);

        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync("Two sources and one target")));

        Assert.Equal(("Dynamics AX Self Serve", TargetOutcome.Purchased, 10), (bought.Source!.OfferName, bought.Outcome, bought.Quantity));
        Assert.Empty(run.Errors);
    }
}
