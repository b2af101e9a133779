using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>An approved plan is executed as it stands, whatever its outcome, or refused.</summary>
public sealed class ApprovedPlanTests
{
    private const string Storage = "Dynamics 365 Additional Database Storage";

    [Theory]
    [InlineData("Limited offer with free seats", TargetOutcome.Reused)]
    [InlineData("Successor with free seats", TargetOutcome.Reused)]
    [InlineData("Limited offer with too few seats", TargetOutcome.Resized)]
    [InlineData("Limited offer suspended", TargetOutcome.Reactivated)]
    [InlineData("Trial that converts", TargetOutcome.Converted)]
    [InlineData("Add-on contained in the plan", TargetOutcome.Purchased)]
    [InlineData("Two sources and one target", TargetOutcome.Purchased)]
    [InlineData("One SKU twice and both expiring", TargetOutcome.Purchased)]
    [InlineData("New commerce source", TargetOutcome.Purchased)]
    [InlineData("Successor not in the catalog", TargetOutcome.Purchased)]
    [InlineData("Reseller of record", TargetOutcome.Purchased)]
    public async Task Each_outcome_comes_as_it_was_planned(string customer, TargetOutcome outcome)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([customer], true));
        var planned = await run.BuyAsync(rows, planOnly: true);
        Assert.Equal(0, run.Writes());

        var bought = await run.BuyApprovedAsync(Json(planned));

        Assert.Empty(run.Errors);
        Assert.Equal(outcome, planned[0].Outcome);
        Assert.Equal(planned.Select(Essence), bought.Select(Essence));
        _ = await run.SuspendAsync((await run.MoveAsync(bought)).OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null));
        Assert.Empty(run.Errors);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("Limited offer with free seats")]
    [InlineData("Limited offer with too few seats")]
    [InlineData("Limited offer suspended")]
    [InlineData("Two sources and one target")]
    [InlineData("New commerce source")]
    [InlineData("Reseller of record")]
    public async Task Carried_out_again_it_finds_everything_as_it_was_approved(string customer)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var planned = await run.BuyAsync(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([customer], true)), planOnly: true);
        _ = await run.BuyApprovedAsync(Json(planned));

        var again = await run.BuyApprovedAsync(Json(planned));

        Assert.Equal(planned.Count, again.Count);
        Assert.DoesNotContain(run.Observer.Messages, message => message.Contains("is there already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_that_somebody_has_scheduled_to_become_another_since_makes_it_stale_and_nothing_is_bought()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Renewal only");
        var id = customer.Subscriptions[0].Id;
        await service.ChangeSubscriptionAsync(customer, id, ("autoRenewEnabled", true));
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([customer.CompanyName], true));
        var planned = await run.BuyAsync(rows, planOnly: true);
        await service.ChangeSubscriptionAsync(customer, id, ("scheduledActions", new JsonArray(new JsonObject
        {
            ["scheduleType"] = "TermEnd",
            ["actionType"] = "RenewToNewTerm",
            ["instructions"] = new JsonObject { ["product"] = new JsonObject { ["productId"] = "CFQ7TTC0SB04", ["skuId"] = "0001", ["billingCycle"] = "monthly", ["termDuration"] = "P1Y" }, ["quantity"] = 10 },
        })));
        var writes = run.Writes();

        Assert.Empty(await run.BuyApprovedAsync(Json(planned)));

        Assert.Equal(("PlanStale", writes), (run.TakeError().ErrorId, run.Writes()));
    }

    [Theory]
    [InlineData("Successor with free seats")]
    [InlineData("Limited offer with free seats")]
    public async Task Seats_that_were_free_and_are_not_any_more_make_it_stale_and_none_are_bought(string name)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var planned = Assert.Single(await run.BuyAsync(await run.FindAsync(name), planOnly: true));
        var customer = run.Customer(name);
        await service.ChangeSubscriptionAsync(customer, planned.TargetSubscriptionId!, ("quantity", 1));
        var orders = run.Customer(name).Orders.Count;

        Assert.Empty(await run.BuyApprovedAsync(Json([planned])));

        Assert.Equal("PlanStale", run.TakeError().ErrorId);
        Assert.Equal(orders, run.Customer(name).Orders.Count);
    }

    [Fact]
    public async Task A_purchase_that_was_approved_is_bought_though_seats_have_become_free_elsewhere()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var planned = await run.BuyAsync(await run.FindAsync(), planOnly: true);
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 100, "Somebody else's");

        var bought = Assert.Single(await run.BuyApprovedAsync(Json(planned)));

        Assert.Equal((TargetOutcome.Purchased, 25), (bought.Outcome, bought.Quantity));
    }

    [Fact]
    public async Task An_order_that_is_refused_because_legacy_is_closed_makes_it_stale()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=refused");
        var planned = await run.BuyAsync(await run.FindAsync(), planOnly: true);

        Assert.Empty(await run.BuyApprovedAsync(Json(planned)));

        var error = run.TakeError();
        Assert.Equal("PlanStale", error.ErrorId);
        Assert.Matches("^Row 1 of .* is no longer sold by legacy order", error.Problem);
        Assert.Contains(": Get-ExpiringSubscription | New-TargetSubscription -Commerce New -WhatIf | ", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Customer().Orders, order => order.Origin == "api");

        var again = await run.BuyAsync(await run.FindAsync(), new PurchaseOptions { Commerce = CommerceChoice.New }, planOnly: true);
        Assert.Equal(CommerceKind.NewCommerce, Assert.Single(await run.BuyApprovedAsync(Json(again))).Commerce);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task What_a_service_refuses_of_a_plan_names_its_row()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");
        var planned = await run.BuyAsync(await run.FindAsync(query => query.Customers = ["AX Task", "AX Device"]), planOnly: true);
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/orders", "status:403;code=800066", skip: 1, times: 1));

        Assert.Single(await run.BuyApprovedAsync(Json(planned)));

        var error = run.TakeError();
        Assert.Equal("OfferLimitReached", error.ErrorId);
        Assert.StartsWith("Row 2 of ", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_s_failure_names_the_row_that_fails()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var planned = await run.BuyAsync(await run.FindAsync(query => query.Customers = ["Two sources and one target"]), planOnly: true);
        await service.ChangeSubscriptionAsync(run.Customer("Two sources and one target"), planned[1].SourceSubscriptionId!, ("quantity", planned[1].Source!.Quantity + 1));

        Assert.Empty(await run.BuyApprovedAsync(Json(planned)));

        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, error => Assert.StartsWith("Row 2 of ", error.Problem, StringComparison.Ordinal));
        run.Errors.Clear();
    }

    [Fact]
    public async Task Purchases_alike_for_two_resellers_are_two_as_they_were_approved()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=3,users=6");
        using var service = new DirectService(run.Tenant);
        foreach (var (row, (reseller, seats)) in (await run.FindAsync()).Zip([("4567890", 25), ("4567890", 25), ("1112223", 50)]))
        {
            await service.ChangeSubscriptionAsync(run.Customer(), row.SubscriptionId!, ("partnerId", reseller));
            await service.ChangeSubscriptionAsync(run.Customer(), row.SubscriptionId!, ("quantity", seats));
        }

        var planned = await run.BuyAsync(await run.FindAsync(), new PurchaseOptions { Target = "Dynamics 365 Customer Engagement Plan" }, planOnly: true);

        var bought = await run.BuyApprovedAsync(Json(planned));

        Assert.Empty(run.Errors);
        Assert.Equal([TargetOutcome.Purchased, TargetOutcome.Covered, TargetOutcome.Purchased], planned.Select(target => target.Outcome));
        Assert.Equal(planned.Select(Essence), bought.Select(Essence));
        Assert.Equal(2, run.Customer().Orders.Count(order => order.Origin == "api"));
    }

    [Theory]
    [InlineData(Storage, 1)]
    [InlineData(Storage + "=3", 3)]
    public async Task Add_ons_the_end_of_the_term_and_the_name_are_as_they_were_approved(string wanted, int units)
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", time: new SettableTime("2026-03-10T12:00:00Z"));
        var options = new PurchaseOptions { AddOns = [wanted], TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z"), FriendlyName = "Season 2026" };
        var planned = await run.BuyAsync(await run.FindAsync(), options, planOnly: true);

        var bought = Assert.Single(await run.BuyApprovedAsync(Json(planned)));

        Assert.Empty(run.Errors);
        Assert.Equal(planned[0].AddOns, bought.AddOns);
        Assert.Equal((units, units), (Assert.Single(planned[0].AddOnQuantities), Assert.Single(bought.AddOnQuantities)));
        var (subscription, addOn) = (run.Subscription(bought.TargetSubscriptionId!), run.Customer().Subscriptions.Single(other => other.OfferName == Storage));
        Assert.StartsWith("2026-12-31", subscription.CommitmentEndDate, StringComparison.Ordinal);
        Assert.Matches(@"^Season 2026 \(from [0-9A-F]{8}\)$", subscription.FriendlyName);
        Assert.Equal((units, "active"), (addOn.Quantity, addOn.Status));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[0]")]
    [InlineData("[\"several\"]")]
    [InlineData("[1,1]")]
    public async Task Add_ons_whose_number_was_not_approved_are_not_bought(string units)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var planned = JsonNode.Parse(Json(await run.BuyAsync(await run.FindAsync(), new PurchaseOptions { AddOns = [Storage] }, planOnly: true)))!;
        planned[0]!["AddOnQuantities"] = JsonNode.Parse(units);

        Assert.Empty(await run.BuyApprovedAsync(planned.ToJsonString()));

        var error = run.TakeError();
        Assert.Equal("PlanStale", error.ErrorId);
        Assert.Contains("AddOnQuantities", error.Problem, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    private static string Json(IReadOnlyList<TargetSubscription> planned) => JsonSerializer.Serialize(planned);

    private static (string?, string?, TargetOutcome, int, string?, string?, string?) Essence(TargetSubscription target) =>
        (target.SourceSubscriptionId, ProductSku(target.OfferId), target.Outcome, target.Quantity, target.BillingCycle, target.TermDuration, target.PartnerIdOnRecord);

    private static string? ProductSku(string? offerId) => offerId?.Split(':') is { Length: > 1 } parts ? $"{parts[0]}:{parts[1]}" : offerId;
}
