using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 9: how many units of an add-on are bought, for which base, and that every plan says the same.</summary>
public sealed class AddOnQuantityTests
{
    private const string Storage = "Dynamics 365 Additional Database Storage";
    private const string StorageOffer = "00000000-5A4D-4000-A000-000000000002";
    private const string StorageSku = "00000000-5a4d-4000-8000-000000000020";
    private const string EngagementPlan = "Dynamics 365 Customer Engagement Plan";

    // The base has 25 seats. The catalog calls the units of every add-on licenses: only what the customer has tells whom they are for.
    [Theory]
    [InlineData("contoso", "User", Storage, 25)]
    [InlineData("contoso", "Tenant", Storage, 1)]
    [InlineData("contoso", null, Storage, 1)]
    [InlineData("contoso", "User", Storage + "=3", 3)]
    [InlineData("contoso", "Tenant", StorageOffer + "=3", 3)]
    [InlineData("contoso:legacyCommerce=closed", "User", Storage, 25)]
    [InlineData("contoso:legacyCommerce=closed", "Tenant", Storage, 1)]
    [InlineData("contoso:legacyCommerce=closed", null, "CFQ7TTC0SB0E:0001 = 3", 3)]
    public async Task One_for_each_seat_is_bought_only_of_what_is_licensed_by_user(string scenario, string? targetType, string wanted, int units)
    {
        using var run = await SandboxRun.StartAsync(scenario, inner => new RequestRecorder(inner, (path, text) => WithStorageUnits(path, text, targetType)));
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { AddOns = [wanted] };

        var readiness = await run.CheckAsync(source, options);
        var plan = Assert.Single((await run.Client.Purchases.PlanAsync([source], options, CancellationToken.None)).Plans);
        var bought = await run.BuyOneAsync(source, options);

        Assert.Equal(units, Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage).Quantity);
        Assert.Equal((units, units), (Only(Assert.Single(plan.ToPlanned())), Only(bought)));
        Assert.Equal((2, 25 + units), (plan.PurchaseCount, plan.SeatCount));
        var words = $"{units} unit{(units == 1 ? "" : "s")} of {Storage}";
        Assert.Contains(words, plan.ActionText, StringComparison.Ordinal);
        Assert.Contains(words, readiness.Checks.Single(check => check.Rule == "Prerequisite").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nothing_tells_is_said_with_the_line_that_buys_one_for_each_seat()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var plan = Assert.Single((await run.Client.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions { AddOns = [Storage] }, CancellationToken.None)).Plans);

        Assert.Contains($"-AddOn '{Storage}=25'", plan.ActionText, StringComparison.Ordinal);
        Assert.Contains(Storage, Assert.Single(plan.ToPlanned()).Remark, StringComparison.Ordinal);
    }

    // With the first add-on its SKU comes to the customer, and tells that it is licensed by user. What was confirmed is bought.
    [Fact]
    public async Task What_is_learned_on_the_way_changes_no_plan()
    {
        var isThere = false;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, (path, text) => WithStorageUnits(path, text, isThere ? "User" : null)));
        run.Confirmer = new ScriptedConfirmer(() =>
        {
            isThere = true;
            return Task.CompletedTask;
        });

        var bought = await run.BuyOneAsync(await run.FindOneAsync("Reseller of record"), new PurchaseOptions { AddOns = [Storage] });

        Assert.Equal([1], bought.AddOnQuantities);
    }

    [Theory]
    [InlineData(Storage, 5)]
    [InlineData(Storage + "=5", 5)]
    [InlineData(Storage + "=10", 10)]
    public async Task The_default_is_the_fewest_that_are_sold(string wanted, int units)
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, new AnswerSpoiler("/offers", Limited) { IsOn = true }.Rewrite));

        Assert.Equal([units], (await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { AddOns = [wanted] }, planOnly: true)).AddOnQuantities);
    }

    [Theory]
    [InlineData(Storage + "=4", "5")]
    [InlineData(StorageOffer + "=11", "10")]
    public async Task More_or_fewer_than_are_sold_are_refused_with_the_line_that_would_do(string wanted, string possible)
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, new AnswerSpoiler("/offers", Limited) { IsOn = true }.Rewrite));
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Quantity = 30, AddOns = [wanted] });

        Assert.Equal("QuantityOutOfRange", error.ErrorId);
        Assert.EndsWith(
            $": New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -AddOn '{wanted.Split('=')[0]}={possible}' -Quantity 30",
            error.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("edge-cases")]
    [InlineData("edge-cases:legacyCommerce=closed")]
    public async Task Two_sources_with_one_base_get_it_once_together_or_one_by_one(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var sources = await run.FindAsync("One SKU twice and both expiring");
        var options = new PurchaseOptions { AddOns = [Storage + "=2"] };
        _ = await run.BuyAsync(sources);

        var planned = await run.BuyAsync(sources, options, planOnly: true);
        var bought = await run.BuyAsync(sources, options);
        var writes = run.Writes();
        var again = await run.BuyAsync([.. sources.Reverse<ExpiringSubscription>()], options);

        Assert.Empty(run.Errors);
        Assert.Equal([[2], []], planned.Select(target => target.AddOnQuantities));
        Assert.Equal([[2], []], bought.Select(target => target.AddOnQuantities));
        Assert.All(again, target => Assert.Empty(target.AddOns));
        Assert.Equal(writes, run.Writes());
        Assert.Equal(2, Assert.Single(run.Customer("One SKU twice and both expiring").Subscriptions, subscription => subscription.OfferName == Storage).Quantity);
    }

    [Fact]
    public async Task One_add_on_named_twice_is_bought_once_or_refused()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var same = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage + "=2", StorageOffer + "=2"] }, planOnly: true);
        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { AddOns = [Storage, StorageOffer + "=2"] });

        Assert.Equal([2], same.AddOnQuantities);
        Assert.Equal("QuantityOutOfRange", error.ErrorId);
    }

    [Fact]
    public async Task What_is_there_with_another_number_stays_and_the_user_is_told()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        _ = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage + "=2"] });
        var writes = run.Writes();

        var again = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage + "=3"] });

        var storage = Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
        Assert.Equal((2, writes), (storage.Quantity, run.Writes()));
        Assert.Empty(again.AddOns);
        Assert.Contains(
            run.Observer.Messages,
            message => message.Contains($"Set-Subscription -CustomerId {source.CustomerId} -SubscriptionId {storage.Id} -Quantity 3", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_trial_that_is_converted_gets_its_add_on_too()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var trial = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = (["Trial that converts"], true)));
        var options = new PurchaseOptions { AddOns = [Storage + "=2"] };

        var planned = await run.BuyOneAsync(trial, options, planOnly: true);
        var bought = await run.BuyOneAsync(trial, options);

        Assert.Equal((TargetOutcome.Converted, 2, 2), (bought.Outcome, Only(planned), Only(bought)));
        Assert.Equal(trial.SubscriptionId, Assert.Single(run.Customer("Trial that converts").Subscriptions, subscription => subscription.OfferName == Storage).ParentSubscriptionId, ignoreCase: true);
    }

    [Fact]
    public async Task What_is_reactivated_gets_its_add_on_too()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var first = await run.BuyOneAsync(source);
        _ = await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]);
        source = Assert.Single(await run.FindAsync());

        var again = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage + "=2"] });

        Assert.Equal((TargetOutcome.Reactivated, first.TargetSubscriptionId, 2), (again.Outcome, again.TargetSubscriptionId, Only(again)));
    }

    // The legacy offer is sold for the legacy plan that would have been bought; the customer has the plan of new commerce.
    [Fact]
    public async Task An_add_on_is_sold_for_the_base_that_is_reused_not_for_the_one_it_saves()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");
        var source = await run.FindOneAsync("CRM Online Professional");
        _ = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = EngagementPlan, Quantity = 50, Commerce = CommerceChoice.New });
        var writes = run.Writes();

        var planned = await RefuseAsync(planOnly: true);
        var readiness = await run.CheckAsync(source, new PurchaseOptions { AddOns = [StorageOffer] });
        var error = await RefuseAsync(planOnly: false);
        var reused = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage] });

        Assert.Equal(("PrerequisiteMissing", planned.Message, planned.RecommendedAction), (error.ErrorId, error.Message, error.RecommendedAction));
        Assert.EndsWith($"-AddOn '{Storage}'", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((ReadinessVerdict.Blocked, "PrerequisiteMissing"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal((TargetOutcome.Reused, 1), (reused.Outcome, Only(reused)));
        Assert.Equal("CFQ7TTC0SB0E:0001", Assert.Single(reused.AddOns));

        async Task<CspMigrationException> RefuseAsync(bool planOnly)
        {
            Assert.Empty(await run.BuyAsync([source], new PurchaseOptions { AddOns = [StorageOffer] }, planOnly));
            Assert.Equal(writes, run.Writes());
            return run.TakeError();
        }
    }

    [Theory]
    [InlineData("Storage", "Storage", null)]
    [InlineData("Storage=5", "Storage", 5)]
    [InlineData("  Storage = 1000000 ", "Storage", 1_000_000)]
    [InlineData("CFQ7TTC0SB0E:0001=2", "CFQ7TTC0SB0E:0001", 2)]
    [InlineData("A=B pack", "A=B pack", null)]
    [InlineData("A=B pack=2", "A=B pack", 2)]
    [InlineData("Tier=5=2", "Tier=5", 2)]
    [InlineData("Storage=five", "Storage=five", null)]
    public void A_choice_is_a_name_and_the_number_behind_its_last_equals_sign(string text, string name, int? units)
    {
        var choice = AddOnChoice.Parse(text);

        Assert.Equal((name, units), (choice.Name, choice.Quantity));
        Assert.Equal(choice, AddOnChoice.Parse(choice.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("=5")]
    [InlineData("Storage=")]
    [InlineData("Storage=0")]
    [InlineData("Storage=-1")]
    [InlineData("Storage=+5")]
    [InlineData("Storage=1.5")]
    [InlineData("Storage=1,000")]
    [InlineData("Storage=5 units")]
    [InlineData("Storage=1000001")]
    [InlineData("Storage=99999999999")]
    public void A_choice_without_a_name_or_with_another_number_is_refused(string text)
    {
        Assert.Contains("=5'", Assert.Throws<FormatException>(() => AddOnChoice.Parse(text)).Message, StringComparison.Ordinal);
    }

    private static int Only(TargetSubscription target) => Assert.Single(target.AddOnQuantities);

    private static JsonObject Limited(JsonObject offer)
    {
        if (StorageOffer.Equals((string?)offer["id"], StringComparison.OrdinalIgnoreCase))
        {
            (offer["minimumQuantity"], offer["maximumQuantity"]) = (5, 10);
        }

        return offer;
    }

    // The customer has had storage before, from another channel.
    private static string WithStorageUnits(string path, string text, string? targetType)
    {
        if (targetType is null || !path.EndsWith("/subscribedskus", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var answer = JsonNode.Parse(text.TrimStart('\uFEFF'))!;
        answer["items"]!.AsArray().Add(new JsonObject
        {
            ["activeUnits"] = 1,
            ["consumedUnits"] = 0,
            ["productSku"] = new JsonObject { ["id"] = StorageSku, ["targetType"] = targetType },
        });
        return answer.ToJsonString();
    }
}
