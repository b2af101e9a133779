using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Whatever stands in an approved plan, either exactly what a row names is bought, or nothing and a clear error.</summary>
public sealed class HostilePlanTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private static int Seeds => FullRun.IsAskedFor ? 2000 : 200;

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task A_mutated_plan_buys_what_it_names_or_is_refused(string scenario)
    {
        var plan = await MakeAsync(scenario);
        var bought = 0;
        var errors = 0;
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            using var time = VirtualTime.Automatic();
            using var guard = new CancellationTokenSource(LongestRun);
            var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = time });
            using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journalPath: null, guard.Token);
            var targets = await BuyAsync(run, new JsonSpoiler(seed).Spoil(plan)!);

            Assert.False(guard.IsCancellationRequested, $"Seed {seed} hangs.");
            Assert.Empty(tenant.GetState().Violations);
            Assert.All(run.Errors, error => Assert.NotEqual("", error.RecommendedAction));
            bought += targets;
            errors += run.Errors.Count;
        }

        report.Write($"hostile plans, {scenario}: {Seeds} seeds, {bought} bought as named, {errors} clear errors, 0 violations");
        Assert.True(bought > 0 && errors > 0, $"{bought} bought, {errors} refused.");
    }

    [Theory]
    [InlineData("CustomerId", "null", "PlanStale")]
    [InlineData("SourceSubscriptionId", "null", "PlanStale")]
    [InlineData("OfferId", "null", "PlanStale")]
    [InlineData("Quantity", "null", "PlanStale")]
    [InlineData("Quantity", "\"many\"", "PlanStale")]
    [InlineData("Quantity", "99999999999999", "PlanStale")]
    [InlineData("Quantity", "0", "QuantityOutOfRange")]
    [InlineData("Quantity", "-1", "QuantityOutOfRange")]
    [InlineData("Source", "null", "PlanStale")]
    [InlineData("Source", "\"=1+1\"", "PlanStale")]
    [InlineData("CustomerId", "\"=1+1\"", "CustomerNotFound")]
    [InlineData("CustomerId", "\"../../users\"", "CustomerNotFound")]
    [InlineData("SourceSubscriptionId", "\"<script>\"", "NotOurSubscription")]
    [InlineData("OfferId", "\"=HYPERLINK(1)\"", "NoTarget")]
    [InlineData("BillingCycle", "\"hourly\"", "PlanStale")]
    [InlineData("TermDuration", "\"P9Y\"", "PlanStale")]
    public async Task A_row_that_cannot_be_bought_as_it_is_names_the_place_and_the_reason(string member, string value, string errorId)
    {
        var plan = JsonNode.Parse(await MakeAsync("contoso"))!;
        plan[0]![member] = JsonNode.Parse(value);
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso", time: time);

        var bought = await BuyAsync(run, plan.ToJsonString());

        Assert.Equal(0, bought);
        var error = Assert.Single(run.Errors);
        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith("Row 1 of plan.json", error.Problem, StringComparison.Ordinal);

        // -Plan takes none of the parameters that mend a purchase: the plan is mended.
        Assert.All(Regex.Matches(error.RecommendedAction, " -Target| -Quantity"), _ => Assert.Contains("make the plan again with New-TargetSubscription ", error.RecommendedAction, StringComparison.Ordinal));
    }

    private static async Task<string> MakeAsync(string scenario)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(scenario, time: time);
        return JsonSerializer.Serialize(await run.BuyAsync(await run.FindAsync(), planOnly: true));
    }

    private static async Task<int> BuyAsync(SandboxRun run, string plan)
    {
        IReadOnlyList<PlannedRow> rows;
        try
        {
            rows = PlanFile.ReadJson(plan, "plan.json");
        }
        catch (CspMigrationException e)
        {
            Assert.Equal("PlanStale", e.ErrorId);
            run.Errors.Add(e);
            return 0;
        }

        var targets = await run.BuyApprovedAsync(rows);
        foreach (var target in targets)
        {
            var row = Assert.Single(rows, row => row.SourceSubscriptionId == target.SourceSubscriptionId);
            var now = await run.Client.Operation.Client.Subscriptions.GetAsync(CustomerId.From(target.CustomerId), target.TargetId!.Value, CancellationToken.None);
            Assert.Equal(row.Quantity, now.Quantity);
            Assert.Equal(ProductSku(row.OfferId), ProductSku(now.OfferId?.ToString()), ignoreCase: true);
            Assert.Equal(row.BillingCycle ?? now.BillingCycle, now.BillingCycle, ignoreCase: true);

            // A legacy subscription has no term; it is bought for a year (rule 6).
            var term = now.TermDuration ?? "P1Y";
            Assert.Equal(row.TermDuration ?? term, term, ignoreCase: true);
        }

        return targets.Count;
    }

    // The availability is looked up again for each purchase.
    private static string ProductSku(string? offerId) => string.Join(':', (offerId ?? "").Split(':').Take(2));
}
