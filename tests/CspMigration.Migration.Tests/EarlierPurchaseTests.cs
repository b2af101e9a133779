using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
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
    public async Task What_a_rollback_leaves_to_another_source_is_found_again_without_its_mark()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        const string Name = "One SKU twice and both expiring";
        var rows = await run.FindAsync(Name);
        var bought = await run.BuyAsync(rows);
        _ = await run.UndoAsync([(rows[1].CustomerId, rows[1].SubscriptionId!)]);
        await service.ChangeSubscriptionAsync(run.Customer(Name), bought[0].TargetSubscriptionId!, ("friendlyName", "Theirs"));

        var again = await run.BuyOneAsync(rows[1]);

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Resumed, bought[0].TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Single(run.Customer(Name).Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task Other_terms_are_one_warning_and_the_check_says_the_same()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var row = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(row, new PurchaseOptions { Commerce = CommerceChoice.New, FriendlyName = "Season 2026" });
        var other = new PurchaseOptions
        {
            Quantity = 30,
            Term = "P3Y",
            BillingCycle = "Annual",
            TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z"),
            PartnerIdOnRecord = "1112223",
            FriendlyName = "Season 2027",
        };

        var again = await run.BuyOneAsync(row, other);
        var readiness = await run.CheckAsync(row, other);

        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        var check = readiness.Checks.Single(check => check.Rule == ReadinessRule.Successor);
        Assert.Equal((ReadinessVerdict.Warning, ReadinessResult.Warn), (readiness.Verdict, check.Result));
        Assert.All([Assert.Single(Advice(run)), $"{check.Message} {check.Remedy}"], text => Assert.All(
            [
                "25 seats, not 30", "term P1Y instead of P3Y", "billing cycle monthly instead of annual", "end of the term 2027-03-09 instead of 2026-12-31",
                "partner of record none instead of 1112223", "Season 2026, not Season 2027", "Undo-SubscriptionMigration", $"-FriendlyName 'Season 2027 (from {row.SubscriptionId!.Substring(0, 8).ToUpperInvariant()})'",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal)));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Theory]
    [InlineData("P3Y", null, null, "term P1Y instead of P3Y")]
    [InlineData(null, "Annual", null, "billing cycle monthly instead of annual")]
    [InlineData(null, null, "1112223", "partner of record none instead of 1112223")]
    public async Task Each_is_told_alone_of_a_legacy_purchase_and_of_one_without_a_source(string? term, string? cycle, string? partner, string words)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var other = new PurchaseOptions { Term = term, BillingCycle = cycle, PartnerIdOnRecord = partner };
        var without = new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 };
        _ = await run.BuyOneAsync(row);
        _ = await run.BuyNewAsync(row.CustomerId, without);

        _ = await run.BuyOneAsync(row, other);
        _ = await run.BuyNewAsync(row.CustomerId, other with { Target = without.Target, Quantity = 3 });

        Assert.Equal(2, Advice(run).Count);
        Assert.All(Advice(run), advice => Assert.Contains($"Not as asked for: {words}. ", advice, StringComparison.Ordinal));
        Assert.Equal(2, run.Customer().Orders.Count(order => order.Origin == "api"));
    }

    [Fact]
    public async Task The_same_terms_again_are_no_difference()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var row = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions
        {
            Commerce = CommerceChoice.New,
            Term = "P1Y",
            BillingCycle = "Monthly",
            TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z"),
            PartnerIdOnRecord = "1112223",
            FriendlyName = "Season 2026",
        };
        _ = await run.BuyOneAsync(row, options);

        Assert.Equal(TargetOutcome.Resumed, (await run.BuyOneAsync(row, options)).Outcome);

        Assert.Empty(Advice(run));
        Assert.Equal(ReadinessResult.Pass, (await run.CheckAsync(row, options)).Checks.Single(check => check.Rule == ReadinessRule.Successor).Result);
    }

    [Fact]
    public async Task What_is_accepted_and_not_listed_yet_keeps_the_day_its_term_ends()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso:subscriptionListLag=PT1H", time: time);
        var row = Assert.Single(await run.FindAsync());
        var inThreeMonths = time.GetUtcNow().AddDays(100);
        var end = new DateTimeOffset(inThreeMonths.Year, inThreeMonths.Month, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-1);
        var next = end.AddDays(1).AddMonths(1).AddDays(-1);
        var options = new PurchaseOptions { Commerce = CommerceChoice.New, TermEndDate = end };
        _ = await run.BuyAsync([row], options);
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);

        var planned = await run.BuyOneAsync(row, options, planOnly: true);
        Assert.Empty(Advice(run));
        _ = await run.BuyOneAsync(row, options with { TermEndDate = next }, planOnly: true);

        Assert.Equal(end, planned.TermEndDate);
        Assert.Contains($"end of the term {end:yyyy-MM-dd} instead of {next:yyyy-MM-dd}", Assert.Single(Advice(run)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_it_is_taken_back_it_is_bought_anew_on_the_terms_asked_for()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());
        var first = await run.BuyOneAsync(row);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);

        var other = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { BillingCycle = "Annual" });

        Assert.Equal((TargetOutcome.Purchased, "annual"), (other.Outcome, other.BillingCycle));
        Assert.Equal("suspended", run.Subscription(first.TargetSubscriptionId!).Status);
        Assert.Empty(Advice(run));
    }

    [Theory]
    [InlineData("Reseller of record", "was bought for it")]
    [InlineData("Successor with free seats", "had enough free seats, and was chosen for it")]
    [InlineData("Limited offer with too few seats", "was given seats for it")]
    [InlineData("Limited offer suspended", "was made active again for it")]
    [InlineData("Trial that converts", "was converted in place")]
    public async Task The_check_says_how_the_target_came(string customer, string how)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([customer], true)));
        var got = await run.BuyOneAsync(row);

        var check = (await run.CheckAsync(row)).Checks.Single(check => check.Rule == ReadinessRule.Successor);

        Assert.Equal(ReadinessResult.Pass, check.Result);
        Assert.EndsWith($"({got.TargetSubscriptionId}) {how} by an earlier run.", check.Message, StringComparison.Ordinal);
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
