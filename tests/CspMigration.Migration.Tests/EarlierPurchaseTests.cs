using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>What an earlier run bought stays as it is; where something else is asked for now, the user is told, and what to do.</summary>
public sealed class EarlierPurchaseTests
{
    private const string Bought = "Dynamics 365 Unified Operations Plan";
    private const string Other = "Dynamics 365 Plan";

    [Theory]
    [InlineData(30, null, "It has 25 seats, not 30, as asked for. Set-Subscription ")]
    [InlineData(null, Other, ", not Dynamics 365 Plan, which is asked for. Undo-SubscriptionMigration ")]
    public async Task What_is_asked_for_otherwise_is_said_with_what_to_do(int? quantity, string? target, string words)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(row);

        var planned = await run.BuyOneAsync(row, new PurchaseOptions { Quantity = quantity, Target = target }, planOnly: true);
        var again = await run.BuyOneAsync(row, new PurchaseOptions { Quantity = quantity, Target = target });

        Assert.Equal((TargetOutcome.Resumed, 25, bought.TargetSubscriptionId, bought.SkuId), (again.Outcome, again.Quantity, again.TargetSubscriptionId, again.SkuId));
        Assert.Equal(again.OfferName, planned.OfferName);
        Assert.Equal(2, Advice(run).Count);
        Assert.All(Advice(run), advice =>
        {
            Assert.Contains(bought.TargetSubscriptionId!, advice, StringComparison.Ordinal);
            Assert.Contains(words, advice, StringComparison.Ordinal);
        });
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_row_of_a_plan_is_told_so_too()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var planned = await run.BuyOneAsync(row, new PurchaseOptions { Quantity = 30, Target = Other }, planOnly: true);
        _ = await run.BuyOneAsync(row);

        var again = Assert.Single(await run.BuyApprovedAsync(JsonSerializer.Serialize(new[] { planned })));

        Assert.Equal((TargetOutcome.Resumed, 25), (again.Outcome, again.Quantity));
        var advice = Assert.Single(Advice(run));
        Assert.Contains($"not {Other}", advice, StringComparison.Ordinal);
        Assert.Contains("25 seats, not 30", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso", "Contoso", 25)]
    [InlineData("contoso", "Contoso", 30)]
    [InlineData("edge-cases", "Limited offer with too few seats", 15)]
    [InlineData("edge-cases", "Limited offer suspended", 12)]
    [InlineData("edge-cases", "Successor with free seats", 10)]
    public async Task The_same_line_again_asks_for_nothing_else(string scenario, string customer, int quantity)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var row = await run.FindOneAsync(customer);
        var options = new PurchaseOptions { Quantity = quantity };
        var bought = await run.BuyOneAsync(row, options);

        var again = await run.BuyOneAsync(row, options with { Target = bought.OfferId });

        Assert.Equal((TargetOutcome.Resumed, bought.Quantity, bought.TargetSubscriptionId), (again.Outcome, again.Quantity, again.TargetSubscriptionId));
        Assert.Empty(Advice(run));
    }

    [Fact]
    public async Task The_check_of_the_target_names_the_one_that_is_there()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(row);

        var other = await run.CheckAsync(row, new PurchaseOptions { Target = Other, Quantity = 30 });
        var same = await run.CheckAsync(row, new PurchaseOptions { Target = Bought, Quantity = 25 });

        var check = other.Checks.Single(check => check.Rule == ReadinessRule.Target);
        Assert.Equal((ReadinessVerdict.Warning, ReadinessResult.Warn, bought.OfferName), (other.Verdict, check.Result, other.Target));
        Assert.Contains(bought.TargetSubscriptionId!, check.Message, StringComparison.Ordinal);
        Assert.Contains("25 seats, not 30", other.Checks.Single(check => check.Rule == ReadinessRule.Successor).Message, StringComparison.Ordinal);
        Assert.Equal(ReadinessResult.Pass, same.Checks.Single(check => check.Rule == ReadinessRule.Target).Result);
        Assert.Equal(ReadinessResult.Pass, same.Checks.Single(check => check.Rule == ReadinessRule.Successor).Result);
    }

    [Fact]
    public async Task Where_no_target_is_asked_for_the_check_names_the_one_that_is_there_and_not_the_default()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(row, new PurchaseOptions { Target = Other });

        var check = (await run.CheckAsync(row)).Checks.Single(check => check.Rule == ReadinessRule.Target);

        Assert.Equal(ReadinessResult.Pass, check.Result);
        Assert.Contains(bought.TargetSubscriptionId!, check.Message, StringComparison.Ordinal);
        Assert.Empty(Advice(run));
    }

    [Fact]
    public async Task Once_it_is_taken_back_the_other_target_is_bought_and_the_first_stays_suspended()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var first = await run.BuyOneAsync(row);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);

        var other = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = Other });
        var again = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = Other });

        Assert.Equal((TargetOutcome.Purchased, Other), (other.Outcome, other.OfferName));
        Assert.Equal((TargetOutcome.Resumed, other.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal("suspended", run.Subscription(first.TargetSubscriptionId!).Status);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);
        Assert.Empty(run.Errors);
        Assert.Equal("suspended", run.Subscription(other.TargetSubscriptionId!).Status);
        Assert.Empty(Advice(run));
    }

    private static List<string> Advice(SandboxRun run) => [.. run.Observer.Messages.Where(message => message.Contains("is there already", StringComparison.Ordinal))];
}
