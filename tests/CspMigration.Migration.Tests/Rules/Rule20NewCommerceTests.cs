using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 20: where legacy is closed, the purchase goes through new commerce, by itself; never to another target by itself.</summary>
public sealed class Rule20NewCommerceTests
{
    // What gives the licenses of Dynamics 365 Unified Operations Plan, and what is made to give them too.
    private const string First = "CFQ7TTC0SB01:0001";
    private const string Second = "CFQ7TTC0SB03:0001";
    private const string Orders = "POST /v1/customers/{customerId}/orders";

    [Theory]
    [InlineData("legacyCommerce=closed")]
    [InlineData("legacyCommerce=refused")]
    [InlineData("legacyCommerce=closed,quirks=on,accepted=on,orderListLag=PT15M")]
    [InlineData("legacyCommerce=refused,quirks=on,accepted=on,orderListLag=PT15M")]
    public async Task Contoso_and_every_row_of_the_documents_migrate_through_carts_with_no_flag_given(string options)
    {
        foreach (var (scenario, customers) in new[] { ("contoso", 1), ("seed-mapping", 10) })
        {
            using var run = await SandboxRun.StartAsync($"{scenario}:{options}");

            var bought = await run.BuyAsync(await run.FindAsync());
            var moves = await run.MoveAsync(bought);
            var ended = await run.SuspendAsync(moves);

            Assert.Empty(run.Errors);
            Assert.Equal(customers, bought.Count);
            Assert.All(bought, target => Assert.Equal((TargetOutcome.Purchased, CommerceKind.NewCommerce), (target.Outcome, target.Commerce)));
            Assert.All(moves, move => Assert.True(move.IsComplete && move.Moved > 0));
            Assert.Equal(Enumerable.Repeat(SuspensionOutcome.Suspended, customers), ended.Select(subscription => subscription.Outcome));
            Assert.Empty(run.Tenant.GetState().Violations);
        }
    }

    [Fact]
    public async Task Where_the_catalogue_says_it_no_order_is_tried_and_the_plan_knows()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        var source = Assert.Single(await run.FindAsync());

        var planned = await run.BuyOneAsync(source, planOnly: true);
        Assert.Equal(0, run.Writes());
        var bought = await run.BuyOneAsync(source);

        Assert.Equal((CommerceKind.NewCommerce, "CFQ7TTC0SB01:0001"), (planned.Commerce, planned.OfferId));
        Assert.Equal(CommerceKind.NewCommerce, bought.Commerce);
        Assert.StartsWith(planned.OfferId + ":", bought.OfferId, StringComparison.Ordinal);
        Assert.DoesNotContain(Orders, run.Tenant.GetRequests().ByRoute.Keys);
    }

    [Fact]
    public async Task Where_only_the_order_shows_it_the_plan_says_legacy_else_new_commerce()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=refused");
        var source = Assert.Single(await run.FindAsync());

        var planned = await run.BuyOneAsync(source, planOnly: true);
        var bought = await run.BuyOneAsync(source);

        Assert.Equal(CommerceKind.Legacy, planned.Commerce);
        Assert.StartsWith("Legacy, else new commerce; under -Plan legacy alone, ", planned.Remark, StringComparison.Ordinal);
        Assert.Equal(CommerceKind.NewCommerce, bought.Commerce);
    }

    [Theory]
    [InlineData("Order refused")]
    [InlineData("Order refers to products")]
    [InlineData("Successor not in the catalog")]
    [InlineData("Successor listed but not for sale")]
    public async Task Each_way_of_being_closed_leads_to_new_commerce(string customer)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var bought = await run.BuyOneAsync(await run.FindOneAsync(customer));

        Assert.Equal((CommerceKind.NewCommerce, TargetOutcome.Purchased), (bought.Commerce, bought.Outcome));
    }

    [Theory]
    [InlineData("2026-03-10", CommerceKind.NewCommerce)]
    [InlineData("2026-03-11", CommerceKind.Legacy)]
    public async Task The_map_can_say_since_when_an_offer_is_withdrawn(string withdrawnOn, CommerceKind commerce)
    {
        using var file = TemporaryMap("549c4efe-09a2-462b-9393-9b57dfdea76b", withdrawnOn);
        using var run = await SandboxRun.StartAsync("contoso", configure: options => options.SkuMapPaths = [file.Path], time: new SettableTime("2026-03-10T12:00:00Z"));

        Assert.Equal(commerce, (await run.BuyOneAsync(Assert.Single(await run.FindAsync()))).Commerce);
    }

    [Fact]
    public async Task Nothing_on_sale_is_an_error_that_names_the_row_s_other_targets_that_are_and_buys_none_of_them()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var source = await run.FindOneAsync("Successor not on sale");
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.EndsWith(
            $": New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -Target 'Dynamics 365 Plan'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_neither_commerce_sells_it_the_verdict_says_so()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var readiness = await run.CheckAsync(await run.FindOneAsync("Successor not on sale"));

        Assert.Equal((ReadinessVerdict.Blocked, "TargetNotOnSale"), (readiness.Verdict, readiness.ErrorId));
    }

    [Fact]
    public async Task An_order_that_is_refused_with_no_twin_in_new_commerce_is_an_error_that_readiness_had_named()
    {
        using var map = TemporaryMap("00000000-5a4d-4000-8000-00000000ffff");
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=refused", configure: options => options.SkuMapPaths = [map.Path]);
        var source = Assert.Single(await run.FindAsync());

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.Equal((ReadinessVerdict.Ready, null), (readiness.Verdict, readiness.ErrorId));
        var order = readiness.Checks.Single(check => check.Rule == ReadinessRule.Order);
        Assert.Equal((ReadinessResult.Unknown, "TargetNotOnSale"), (order.Result, order.ErrorId));
        Assert.Equal(ReadinessResult.NotApplicable, readiness.Checks.Single(check => check.Rule == ReadinessRule.CartLine).Result);
    }

    [Fact]
    public async Task Readiness_looks_no_other_target_up_for_an_order_that_may_be_taken()
    {
        using var map = new TemporaryFile("map.json", $$"""
            {
              "formatVersion": 1,
              "mappings": [{ "family": "f", "source": { "name": "s", "offerIds": ["{{Ids.AxEnterprise}}"] }, "targets": ["Plan", "Other"] }],
              "targets": {
                "Plan": { "skuId": "00000000-5a4d-4000-8000-00000000ffff", "offers": [{ "offerId": "{{Ids.EverythingPlan}}" }] },
                "Other": { "skuId": "549c4efe-09a2-462b-9393-9b57dfdea76b", "offers": [{ "offerId": "{{Ids.OperationsPlan}}" }] }
              }
            }
            """);
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner), options => options.SkuMapPaths = [map.Path]);

        var readiness = await run.CheckAsync(Assert.Single(await run.FindAsync()));

        var order = readiness.Checks.Single(check => check.Rule == ReadinessRule.Order);
        Assert.EndsWith(
            $"Other targets in the map: New-TargetSubscription -CustomerId {readiness.CustomerId} -SubscriptionId {readiness.SubscriptionId} -Target 'Other'", order.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(recorder!.All, request => request.Path.EndsWith("/availabilities", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("contoso", CommerceChoice.Auto, ReadinessResult.Pass, ReadinessResult.Unknown)]
    [InlineData("contoso", CommerceChoice.New, ReadinessResult.NotApplicable, ReadinessResult.Unknown)]
    [InlineData("contoso", CommerceChoice.Legacy, ReadinessResult.Unknown, ReadinessResult.NotApplicable)]
    [InlineData("contoso:legacyCommerce=closed", CommerceChoice.Auto, ReadinessResult.NotApplicable, ReadinessResult.Unknown)]
    public async Task What_an_order_and_a_cart_object_to_only_the_run_can_tell(string scenario, CommerceChoice commerce, ReadinessResult order, ReadinessResult cart)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { Commerce = commerce };

        var readiness = await run.CheckAsync(source, options);
        var planned = await run.BuyOneAsync(source, options, planOnly: true);

        Assert.Equal(ReadinessVerdict.Ready, readiness.Verdict);
        Assert.Equal(order, readiness.Checks.Single(check => check.Rule == ReadinessRule.Order).Result);
        var line = readiness.Checks.Single(check => check.Rule == ReadinessRule.CartLine);
        Assert.Equal(cart, line.Result);

        // A plan that goes through new commerce says the same.
        Assert.Equal(planned.Commerce == CommerceKind.NewCommerce, planned.Remark == line.Message);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("Dynamics 365 Unified Operations Plan Qualified Offer", "Dynamics 365 Unified Operations Plan", null, Second)]
    [InlineData("Dynamics 365 Unified Operations Plan From SA", "Operations for Everybody", null, Second)]
    [InlineData("Dynamics 365 Unified Operations Plan Attach to Base", "Operations for Everybody", null, Second)]
    [InlineData("Dynamics 365 Unified Operations Plan for Faculty", "Operations for Everybody", null, Second)]
    [InlineData("Operations for Everybody", "Dynamics 365 Unified Operations Plan", null, Second)]
    [InlineData("Dynamics 365 Unified Operations Plan", "Operations for Everybody", null, First)]
    [InlineData("Dynamics 365 Unified Operations Plan Qualified Offer", "Dynamics 365 Unified Operations Plan", "Dynamics 365 Unified Operations Plan Qualified Offer", First)]
    [InlineData("Operations for Everybody", "Operations for All", Second, Second)]
    public async Task Of_several_SKUs_that_give_the_same_licenses_the_one_is_taken_that_is_meant(string first, string second, string? target, string offerId)
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", inner => Rename(inner, first, second));

        var planned = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = target }, planOnly: true);

        Assert.Equal(offerId, planned.OfferId);
    }

    [Fact]
    public async Task Where_several_could_be_meant_none_is_taken_and_each_is_named()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", inner => Rename(inner, "Operations for Everybody", "Operations for All"));
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.EndsWith($" has Operations for Everybody ({First}) and Operations for All ({Second}).", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith(
            $"New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -Target '{First}' # or -Target '{Second}'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_for_those_who_have_something_else_is_nobodys_target_by_itself()
    {
        const string title = "Dynamics 365 Unified Operations Plan Qualified Offer";
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", inner => Rename(inner, title, title));

        Assert.Equal("TargetNotOnSale", (await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()))).ErrorId);
    }

    [Fact]
    public async Task The_other_target_is_bought_when_it_is_named()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var ended = await run.FinishAsync(await run.FindAsync("Successor not on sale"), new PurchaseOptions { Target = "Dynamics 365 Plan" });

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
    }

    [Fact]
    public async Task Qualified_targets_are_not_among_those_named()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await run.RefusePurchaseAsync(await run.FindOneAsync("Successor not on sale"));

        Assert.DoesNotContain("from SA", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("add-on from", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task A_product_and_SKU_can_be_named(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = "CFQ7TTC0SB02:0001" });

        Assert.Equal(CommerceKind.NewCommerce, bought.Commerce);
        Assert.StartsWith("CFQ7TTC0SB02:0001:", bought.OfferId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_availability_is_read_just_before_buying()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CheckAsync(source);

        // The ids of availabilities are other ones the next day.
        run.Tenant.AdvanceClock(TimeSpan.FromDays(1));

        Assert.Equal(TargetOutcome.Purchased, (await run.BuyOneAsync(source)).Outcome);
    }

    [Fact]
    public async Task A_line_refused_in_the_cart_is_an_error_with_the_service_s_reason()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await run.RefusePurchaseAsync(await run.FindOneAsync("Cart line refused"));

        Assert.Equal("CartLineRefused", error.ErrorId);
        Assert.Contains("10003", error.Message, StringComparison.Ordinal);
        Assert.Equal(run.Customer("Cart line refused").Id, error.CustomerId);
        Assert.NotNull(error.SubscriptionId);
    }

    [Fact]
    public async Task An_order_refused_at_the_checkout_is_an_error_too()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        var operation = run.Client;
        var planning = await operation.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions(), CancellationToken.None);
        var prepared = await operation.Purchases.PrepareAsync(Assert.Single(planning.Plans), CancellationToken.None);

        // What is in the cart is not sold any more the next day.
        run.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        var error = await Assert.ThrowsAsync<CspMigrationException>(() => operation.Purchases.ExecuteAsync(prepared, CancellationToken.None));

        Assert.Equal("CartLineRefused", error.ErrorId);
        Assert.Equal(run.Customer().Id, error.CustomerId);
        Assert.DoesNotContain(run.Customer().Orders, order => order.Origin == "api");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"orders\":[],\"orderErrors\":[]}")]
    public async Task A_checkout_that_names_neither_an_order_nor_an_error_is_looked_up_and_bought_once(string answer)
    {
        using var run = await SandboxRun.StartAsync(
            "contoso:legacyCommerce=closed", inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/checkout", StringComparison.Ordinal) ? answer : text));

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        Assert.Equal((TargetOutcome.Purchased, "active"), (bought.Outcome, bought.Status));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("contoso:agreement=missing")]
    [InlineData("contoso:agreement=missing,legacyCommerce=closed")]
    public async Task Without_the_customer_s_agreement_nothing_is_tried(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);
        var withoutSource = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(
            source.CustomerId, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1 }));

        Assert.Equal((ReadinessVerdict.Blocked, "AgreementMissing"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal(("AgreementMissing", "AgreementMissing"), (error.ErrorId, withoutSource.ErrorId));
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("contoso:legacyCommerce=closed")]
    [InlineData("contoso:legacyCommerce=refused")]
    public async Task Legacy_asked_for_is_legacy_or_an_error(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Commerce = CommerceChoice.Legacy });

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.DoesNotContain(run.Tenant.GetRequests().ByRoute.Keys, route => route.Contains("/carts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_commerce_can_be_asked_for_while_legacy_is_open()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { Commerce = CommerceChoice.New };

        var planned = await run.BuyOneAsync(source, options, planOnly: true);
        Assert.Equal(0, run.Writes());
        var bought = await run.BuyOneAsync(source, options);

        Assert.Equal((CommerceKind.NewCommerce, 25), (planned.Commerce, planned.Quantity));
        Assert.Equal((CommerceKind.NewCommerce, 25, planned.BillingCycle, planned.TermDuration), (bought.Commerce, bought.Quantity, bought.BillingCycle, bought.TermDuration));
        Assert.DoesNotContain(Orders, run.Tenant.GetRequests().ByRoute.Keys);
    }

    [Fact]
    public async Task The_prompt_names_the_price_of_the_cart_and_the_last_day_to_reduce()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", time: new SettableTime("2026-03-10T12:00:00Z"));
        var operation = run.Client;
        var planning = await operation.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions(), CancellationToken.None);
        var unpriced = Assert.Single(planning.Plans);

        var plan = await operation.Purchases.PrepareAsync(unpriced, CancellationToken.None);

        Assert.True(unpriced.NeedsCart);
        Assert.Contains("Contoso", plan.CustomerText, StringComparison.Ordinal);
        Assert.All(
            ["25 seats", "Dynamics 365 Unified Operations Plan", "P1Y", "monthly", "USD", "2026-03-17", "Dynamics AX Enterprise"],
            part => Assert.Contains(part, plan.ActionText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seats_that_never_come_are_told_after_the_purchase_and_nobody_is_moved()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var bought = await run.BuyOneAsync(await run.FindOneAsync("Provisioning fails"));

        Assert.Empty(await run.MoveAsync([bought]));

        var error = run.TakeError();
        Assert.Equal(("ProvisioningFailed", bought.TargetSubscriptionId), (error.ErrorId, error.SubscriptionId));
        Assert.All(run.Customer("Provisioning fails").Users, user => Assert.Equal(Ids.CrmProfessionalSku, user.Licenses.Single().SkuId));
    }

    // AX Enterprise to one target, of this directory SKU.
    private static TemporaryFile TemporaryMap(string skuId, string? withdrawnOn = null) => new("map.json", $$"""
        {
          "formatVersion": 1,
          "mappings": [{ "family": "f", "source": { "name": "s", "offerIds": ["{{Ids.AxEnterprise}}"] }, "targets": ["Plan"] }],
          "targets": { "Plan": { "skuId": "{{skuId}}", "offers": [{ "offerId": "{{Ids.EverythingPlan}}"{{(withdrawnOn is null ? "" : $", \"withdrawnOn\": \"{withdrawnOn}\"")}} }] } }
        }
        """);

    private static RequestRecorder Rename(HttpMessageHandler inner, string first, string second)
    {
        const string skuId = "ccba3cfe-71ef-423a-bd87-b6df3dce59a9";
        return new RequestRecorder(inner, (path, text) => path.EndsWith("/products", StringComparison.Ordinal) ? Change(text, product => product["title"] = TitleOf((string)product["id"]!) ?? product["title"]!.DeepClone())
            : path.EndsWith($"/{Product(First)}/skus", StringComparison.Ordinal) ? Change(text, sku => sku["title"] = first)
            : path.EndsWith($"/{Product(Second)}/skus", StringComparison.Ordinal) ? Change(text, sku => (sku["title"], sku["dynamicAttributes"]!["provisioningId"]) = (second, skuId))
            : text);

        string? TitleOf(string productId) => productId == Product(First) ? first : productId == Product(Second) ? second : null;

        static string Product(string offerId) => offerId.Split(':')[0];

        static string Change(string text, Action<JsonNode> change)
        {
            var listed = JsonNode.Parse(text)!;
            listed["items"]!.AsArray().ToList().ForEach(item => change(item!));
            return listed.ToJsonString();
        }
    }
}
