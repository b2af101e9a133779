using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Transitions of new commerce, from Sales Professional to Sales Enterprise; all is purchased on the tenth of March 2026 at noon.</summary>
public class TransitionTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Eligibilities_include_higher_products_that_are_no_longer_sold()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        var targets = await Eligibilities(client, purchased, "?EligibilityType=Immediate");
        Assert.Equal(["CFQ7TTC0SB07", "CFQ7TTC0SB0J"], targets.Select(Product));
        Assert.Equal(10, (int)targets[0]["quantity"]!);
        Assert.Equal(["transition_only", "transition_with_license_transfer"], targets[0]["eligibilities"]!.AsArray().Select(detail => (string?)detail!["transitionType"]));
        Assert.All(targets[0]["eligibilities"]!.AsArray(), detail => Assert.True((bool)detail!["isEligible"]!));
        Assert.Empty((await client.Get($"{client.CustomerPath}/products/CFQ7TTC0SB0J/skus/0001/availabilities")).Json["items"]?.AsArray() ?? []);
        Assert.Empty((await client.Get(client.SourcePath + "/transitioneligibilities")).Expect(200).Items);
        _ = (await client.Get(client.Path(purchased) + "/transitioneligibilities?eligibilityType=someday")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task At_the_renewal_lower_products_are_possible_but_none_that_is_no_longer_sold()
    {
        using var client = Client();
        var lower = await Buy(client, Offers.SalesProSku, 10);
        var higher = await Buy(client, Offers.SalesSku, 10);
        Assert.Equal(["CFQ7TTC0SB07"], (await Eligibilities(client, lower, "?eligibilityType=scheduled")).Select(Product));
        Assert.Equal(["CFQ7TTC0SB0C"], (await Eligibilities(client, higher, "?eligibilityType=scheduled")).Select(Product));
        Assert.Empty(await Eligibilities(client, higher, ""));
        Assert.Empty((await Eligibilities(client, lower, "?eligibilityType=scheduled"))[0]["subscriptionEligibilities"]!.AsArray());
    }

    [Theory]
    [InlineData("transition_with_license_transfer")]
    [InlineData("TransitionOnly")]
    public async Task All_seats_are_converted_in_place_and_licenses_follow(string type)
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        var user = client.Customer.Users[0].Id;
        _ = (await client.UpdateLicenses(user, [Offers.SalesProSku])).Expect(201);
        var body = await Request(client, purchased, 10);
        body["TransitionType"] = type;
        var begun = (await client.Post(client.Path(purchased) + "/transitions", body)).Expect(200).Json;
        Assert.Equal(["Conversion Started"], Events(begun));
        Assert.Equal((purchased.OfferId, purchased.Id, null), ((string?)begun["fromCatalogItemId"], (string?)begun["fromSubscriptionId"], begun["toSubscriptionId"]));
        Assert.Equal(("P1Y", "monthly"), ((string?)begun["termDuration"], (string?)begun["billingCycle"]));
        Assert.Equal("CFQ7TTC0SB0C", client.Now(purchased).ProductId);
        _ = (await client.Patch(client.Path(purchased), new { friendlyName = "Too early", autoRenewEnabled = true })).ExpectError(409, 900278);
        _ = (await client.Post(client.Path(purchased) + "/transitions", await Request(client, purchased, 10))).ExpectError(409, 900278);

        client.Time.Advance(Delay);
        var converted = client.Now(purchased);
        Assert.Equal(("CFQ7TTC0SB07", 10, purchased.CommitmentEndDate, true), (converted.ProductId, converted.Quantity, converted.CommitmentEndDate, converted.AutoRenewEnabled));
        Assert.Equal([Offers.SalesProSku], Licenses(client, user));
        client.Time.Advance(Delay);
        Assert.Equal([Offers.SalesSku], Licenses(client, user));
        var listed = Assert.Single((await client.Get($"{client.Path(purchased)}/transitions?operationId={begun["operationId"]}")).Expect(200).Items)!;
        Assert.Equal(["Conversion Started", "Conversion Completed", "LicenseReassignment Started", "LicenseReassignment Completed"], Events(listed));
        Assert.Empty((await client.Get($"{client.Path(purchased)}/transitions?operation-id=none")).Expect(200).Items);
        Assert.Equal((string?)converted.OfferId, (string?)begun["toCatalogItemId"]);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_transition_can_have_a_longer_term_or_more_seats()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(30));
        var body = await Request(client, purchased, 12);
        (body["TermDuration"], body["BillingCycle"]) = ("P3Y", "Annual");
        _ = (await client.Post(client.Path(purchased) + "/transitions", body)).Expect(200);
        client.Time.Advance(Delay);
        var converted = client.Now(purchased);
        Assert.Equal((12, "P3Y", "2029-04-08T00:00:00Z"), (converted.Quantity, converted.TermDuration, converted.CommitmentEndDate));
        Assert.Equal("2026-03-17T12:00:00Z", (string?)(await client.Get(client.Path(purchased))).Json["cancellationAllowedUntilDate"]);
    }

    [Fact]
    public async Task Some_seats_become_a_new_subscription_that_ends_with_the_source_and_licenses_stay()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(20));
        var user = client.Customer.Users[0].Id;
        _ = (await client.UpdateLicenses(user, [Offers.SalesProSku])).Expect(201);
        var begun = (await client.Post(client.Path(purchased) + "/transitions", await Request(client, purchased, 4))).Expect(200).Json;
        client.Time.Advance(Delay);
        var part = client.Customer.Subscriptions[^1];
        Assert.Equal(("CFQ7TTC0SB07", 4, purchased.CommitmentEndDate), (part.ProductId, part.Quantity, part.CommitmentEndDate));
        Assert.Equal(("CFQ7TTC0SB0C", 6), (client.Now(purchased).ProductId, client.Now(purchased).Quantity));
        var resource = (await client.Get(client.Path(part))).Json;
        Assert.Equal(("2026-03-17T12:00:00Z", 0), ((string?)resource["cancellationAllowedUntilDate"], (int)resource["refundableQuantity"]!["totalQuantity"]!));
        client.Time.Advance(Delay);
        Assert.Equal([Offers.SalesProSku], Licenses(client, user));
        var listed = Assert.Single((await client.Get(client.Path(purchased) + "/transitions")).Expect(200).Items)!;
        Assert.Equal((part.Id, (string?)begun["operationId"]), ((string?)listed["toSubscriptionId"], (string?)listed["operationId"]));
        Assert.Equal(["Conversion Started", "Conversion Completed"], Events(listed));
        _ = (await client.Patch(client.Path(part), new { status = "deleted" })).ExpectError(400, 900117);
    }

    [Fact]
    public async Task Seats_move_into_an_existing_subscription_whose_term_stays()
    {
        using var client = Client();
        var source = await Buy(client, Offers.SalesProSku, 10);
        var existing = await Buy(client, Offers.SalesSku, 5);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(8));
        var user = client.Customer.Users[0].Id;
        _ = (await client.UpdateLicenses(user, [Offers.SalesProSku])).Expect(201);
        var detail = Assert.Single((await Eligibilities(client, source, ""))[0]["subscriptionEligibilities"]!.AsArray())!;
        Assert.Equal((true, existing.Id, "P1Y", "monthly"), ((bool)detail["isEligible"]!, (string?)detail["subscriptionId"], (string?)detail["subscriptionTermDuration"], (string?)detail["subscriptionBillingCycle"]));

        var body = await Request(client, source, 4);
        body["ToSubscriptionId"] = existing.Id.ToUpperInvariant();
        _ = (await client.Post(client.Path(source) + "/transitions", body)).Expect(200);
        _ = (await client.Patch(client.Path(existing), new { quantity = 7, autoRenewEnabled = true })).ExpectError(409, 900278);
        client.Time.Advance(Delay);
        Assert.Equal((6, 9, existing.CommitmentEndDate), (client.Now(source).Quantity, client.Now(existing).Quantity, client.Now(existing).CommitmentEndDate));
        Assert.Equal(0, (int)(await client.Get(client.Path(existing))).Json["refundableQuantity"]!["totalQuantity"]!);

        body = await Request(client, source, 6);
        body["toSubscriptionId"] = existing.Id;
        _ = (await client.Post(client.Path(source) + "/transitions", body)).Expect(200);
        client.Time.Advance(Delay * 2);
        Assert.Equal(("deleted", 15), (client.Now(source).Status, client.Now(existing).Quantity));
        Assert.Equal([Offers.SalesSku], Licenses(client, user));
    }

    [Fact]
    public async Task An_existing_subscription_that_does_not_fit_has_an_error_and_is_refused()
    {
        using var client = Client();
        var month = await Buy(client, Offers.SalesSku, 5, "P1M");
        var suspended = await Buy(client, Offers.SalesSku, 5);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(8));
        var source = await Buy(client, Offers.SalesProSku, 10);
        var earlier = suspended;
        var young = await Buy(client, Offers.SalesSku, 5);
        var whole = (await client.Get(client.Path(suspended))).Json;
        _ = (await client.Patch(client.Path(suspended), Tests.Support.Client.With(whole, ("status", "suspended")))).Expect(200);

        var details = (await Eligibilities(client, source, ""))[0]["subscriptionEligibilities"]!.AsArray();
        Assert.Equal([3, 4], Codes(details, month));
        Assert.Equal([1, 4], Codes(details, earlier));
        Assert.Equal([2], Codes(details, young));
        await Refused(client, source, month.Id, 400, 900267);
        await Refused(client, source, suspended.Id, 400, 900258);
        await Refused(client, source, young.Id, 400, 900261);
        await Refused(client, source, source.Id, 400, 900259);
        await Refused(client, source, (await Buy(client, Offers.TeamMembersSku, 5)).Id, 400, 900260);
        await Refused(client, source, "none", 404, 20003);
        _ = (await client.Patch(client.Path(suspended), Tests.Support.Client.With(whole, ("status", "active")))).Expect(200);
        await Refused(client, source, earlier.Id, 400, 900236);
    }

    [Theory]
    [InlineData("quantity", null, 400, 3000)]
    [InlineData("quantity", "0", 400, 2002)]
    [InlineData("quantity", "many", 400, null)]
    [InlineData("toCatalogItemId", null, 400, 3000)]
    [InlineData("toCatalogItemId", "CFQ7TTC0SB08:0001:CFQ7TTC0XXXX", 400, 3000)]
    [InlineData("transitionType", null, 400, 3000)]
    [InlineData("transitionType", "swap", 400, 3000)]
    [InlineData("fromSubscriptionId", "another", 400, 3000)]
    [InlineData("fromCatalogItemId", "another", 400, 3000)]
    [InlineData("termDuration", "P1M", 400, 900267)]
    [InlineData("termDuration", "P9Y", 400, 900268)]
    [InlineData("billingCycle", "weekly", 400, 900269)]
    [InlineData("billingCycle", "biennial", 400, 900270)]
    [InlineData("promotionId", "39NFJQT1PSB1:0001:39NFJQT1QSB1", 400, 27007)]
    public async Task An_impossible_transition_is_refused(string member, string? value, int status, int? code)
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        var body = await Request(client, purchased, 10);
        _ = body.Remove(char.ToUpperInvariant(member[0]) + member[1..]);
        body[member] = value;
        var reply = await client.Post(client.Path(purchased) + "/transitions", body);
        _ = code is { } known ? reply.ExpectError(status, known) : reply.Expect(status);
        Assert.Empty((await client.Get(client.Path(purchased) + "/transitions")).Expect(200).Items);
    }

    [Fact]
    public async Task Only_active_new_commerce_subscriptions_are_converted()
    {
        using var client = Client();
        _ = (await client.Post(client.SourcePath + "/transitions", new { })).ExpectError(403, 900263);
        _ = (await client.Get(client.SourcePath + "/transitions")).ExpectError(403, 900263);
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        var body = await Request(client, purchased, 10);
        _ = (await client.Patch(client.Path(purchased), new { status = "suspended", autoRenewEnabled = true })).Expect(200);
        Assert.Equal([2], (await Eligibilities(client, purchased, ""))[0]["eligibilities"]![0]!["errors"]!.AsArray().Select(error => (int)error!["code"]!));
        _ = (await client.Post(client.Path(purchased) + "/transitions", body)).ExpectError(400, 800091);
    }

    [Fact]
    public async Task If_several_subscriptions_have_the_SKU_licenses_are_moved_by_hand()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        _ = await Buy(client, Offers.SalesProSku, 10);
        var details = (await Eligibilities(client, purchased, ""))[0]["eligibilities"]!;
        Assert.Equal((true, false, 3), ((bool)details[0]!["isEligible"]!, (bool)details[1]!["isEligible"]!, (int)details[1]!["errors"]![0]!["code"]!));
        var body = await Request(client, purchased, 10);
        _ = (await client.Post(client.Path(purchased) + "/transitions", body.DeepClone())).ExpectError(400, 3000);
        body["TransitionType"] = "transition_only";
        _ = (await client.Post(client.Path(purchased) + "/transitions", body)).Expect(200);
        client.Time.Advance(Delay * 2);
        Assert.Equal(["Conversion Started", "Conversion Completed"], Events(Assert.Single((await client.Get(client.Path(purchased) + "/transitions")).Items)!));
    }

    [Fact]
    public async Task Licenses_without_a_seat_stay_and_the_reassignment_fails()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 2);
        var users = client.Customer.Users.Take(3).Select(user => user.Id).ToList();
        _ = await Buy(client, Offers.SalesSku, 1);
        _ = (await client.UpdateLicenses(users[0], [Offers.SalesProSku])).Expect(201);
        _ = (await client.UpdateLicenses(users[1], [Offers.SalesProSku])).Expect(201);
        _ = (await client.Post(client.Path(purchased) + "/transitions", await Request(client, purchased, 2))).Expect(200);
        _ = (await client.UpdateLicenses(users[2], [Offers.SalesSku])).Expect(201);
        client.Time.Advance(Delay);
        _ = (await client.UpdateLicenses(client.Customer.Users[3].Id, [Offers.SalesSku])).Expect(201);
        client.Time.Advance(Delay);
        var events = Assert.Single((await client.Get(client.Path(purchased) + "/transitions")).Items)!["events"]!.AsArray();
        Assert.Equal(("Failed", 12), ((string?)events[^1]!["status"], (int)events[^1]!["errors"]![0]!["code"]!));
        Assert.Equal([Offers.SalesSku], Licenses(client, users[0]));
        Assert.Equal([Offers.SalesProSku], Licenses(client, users[1]));
    }

    [Fact]
    public async Task A_conversion_fails_if_the_source_ends_before_it()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10, "P1M");
        var actions = new JsonArray(new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = "Cancel" });
        _ = (await client.Patch(client.Path(purchased), new JsonObject { ["autoRenewEnabled"] = false, ["scheduledActions"] = actions })).Expect(200);
        client.To("2026-04-09T23:58:00Z");
        _ = (await client.Post(client.Path(purchased) + "/transitions", await Request(client, purchased, 10))).Expect(200);
        client.Time.Advance(Delay);
        var events = Assert.Single((await client.Get(client.Path(purchased) + "/transitions")).Items)!["events"]!.AsArray();
        Assert.Equal(("Conversion", "Failed", 2), ((string?)events[^1]!["name"], (string?)events[^1]!["status"], (int)events[^1]!["errors"]![0]!["code"]!));
        Assert.Equal(("disabled", "CFQ7TTC0SB0C"), (client.Now(purchased).Status, client.Now(purchased).ProductId));
    }

    [Fact]
    public async Task A_transition_removes_the_schedule()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        var actions = new JsonArray(new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = "Cancel" });
        _ = (await client.Patch(client.Path(purchased), new JsonObject { ["autoRenewEnabled"] = false, ["scheduledActions"] = actions })).Expect(200);
        _ = (await client.Post(client.Path(purchased) + "/transitions", await Request(client, purchased, 10))).Expect(200);
        client.Time.Advance(Delay);
        Assert.Equal((false, "Extends", 0), (client.Now(purchased).AutoRenewEnabled, client.Now(purchased).EndOfTerm, client.Now(purchased).ScheduledActions.Count));
    }

    [Fact]
    public async Task With_quirks_the_list_is_written_as_the_documentation_shows_it()
    {
        using var client = Client("contoso:quirks=on");
        var item = (string?)Read(await client.Get($"{client.CustomerPath}/products/CFQ7TTC0SB0C/skus/0001/availabilities"))["items"]![0]!["catalogItemId"];
        var line = new { LineItemNumber = 0, OfferId = item, Quantity = 10, TermDuration = "P1Y", BillingCycle = "monthly" };
        _ = (await client.Post(client.CustomerPath + "/orders", new { BillingCycle = "monthly", LineItems = new[] { line } })).Expect(201);
        client.Time.Advance(Delay);
        var purchased = client.Customer.Subscriptions[^1];
        var target = (string?)Read(await client.Get(client.Path(purchased) + "/transitionEligibilities"))["items"]![0]!["catalogItemId"];
        _ = (await client.Post(client.Path(purchased) + "/transitions", new { toCatalogItemId = target, quantity = 10, transitionType = "transition_only" })).Expect(200);
        var list = Read(await client.Get(client.Path(purchased) + "/transitions"));
        Assert.Null(list["items"]);
        Assert.Equal("Started ", (string?)list["transition"]![0]!["events"]![0]!["status"]);
    }

    [Fact]
    public async Task A_trial_is_converted_to_its_paid_product()
    {
        using var client = Client();
        var sku = $"{client.CustomerPath}/products/CFQ7TTC0SB06/skus/0002";
        var item = (string)(await client.Get(sku + "/availabilities")).Expect(200).Items[0]!["catalogItemId"]!;
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(item, 25, "P1M", "none"))).Expect(201).Json;
        _ = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201);
        client.Time.Advance(Delay);
        var trial = client.Customer.Subscriptions[^1];
        var target = Assert.Single(await Eligibilities(client, trial, ""));
        _ = await Buy(client, Offers.EngagementPlanSku, 5);
        Assert.Empty((await Eligibilities(client, trial, ""))[0]["subscriptionEligibilities"]!.AsArray());
        var body = new { toCatalogItemId = (string?)target["catalogItemId"], quantity = 30, termDuration = "P1Y", billingCycle = "annual", transitionType = "transition_only" };
        _ = (await client.Post(client.Path(trial) + "/transitions", body)).Expect(200);
        client.Time.Advance(Delay);
        var paid = (await client.Get(client.Path(trial))).Json;
        Assert.Equal((false, true, 30, "P1Y", "annual"), ((bool)paid["isTrial"]!, (bool)paid["autoRenewEnabled"]!, (int)paid["quantity"]!, (string?)paid["termDuration"], (string?)paid["billingCycle"]));
    }

    [Fact]
    public async Task An_extended_term_can_be_converted_back_at_once()
    {
        using var client = Client();
        var purchased = await Buy(client, Offers.SalesProSku, 10);
        _ = (await client.Patch(client.Path(purchased), new { autoRenewEnabled = false })).Expect(200);
        client.Tenant.AdvanceClock(new DateTimeOffset(2027, 3, 20, 0, 0, 0, TimeSpan.Zero));
        var targets = await Eligibilities(client, purchased, "");
        Assert.Equal(["CFQ7TTC0SB0C", "CFQ7TTC0SB07", "CFQ7TTC0SB0J"], targets.Select(Product));
        var body = new { toCatalogItemId = (string?)targets[0]["catalogItemId"], quantity = 10, termDuration = "P1Y", transitionType = "transition_only" };
        _ = (await client.Post(client.Path(purchased) + "/transitions", body)).Expect(200);
        client.Time.Advance(Delay);
        Assert.Equal(("P1Y", "2028-03-19T00:00:00Z"), (client.Now(purchased).TermDuration, client.Now(purchased).CommitmentEndDate));
        _ = (await client.Patch(client.Path(purchased), new { quantity = 12, autoRenewEnabled = true })).Expect(200);
    }

    private static JsonNode Read(Reply reply) => JsonNode.Parse(reply.Text.TrimStart('\uFEFF'), new JsonNodeOptions { PropertyNameCaseInsensitive = true })!;

    private static Client Client(string scenario = "contoso") => new(scenario, options => options.ProvisioningDelay = Delay);

    private static async Task<SandboxSubscription> Buy(Client client, string skuId, int quantity, string term = "P1Y")
    {
        var purchased = await Shop.Buy(client, skuId, quantity, term);
        client.Time.Advance(Delay);
        return purchased;
    }

    private static async Task<List<JsonNode>> Eligibilities(Client client, SandboxSubscription subscription, string query) =>
        (await client.Get($"{client.Path(subscription)}/transitionEligibilities{query}")).Expect(200).Items.Select(item => item!).ToList();

    private static async Task<JsonObject> Request(Client client, SandboxSubscription source, int quantity) => new()
    {
        ["OperationId"] = null,
        ["FromCatalogItemId"] = source.OfferId,
        ["FromSubscriptionId"] = source.Id.ToUpperInvariant(),
        ["ToCatalogItemId"] = (string?)(await Eligibilities(client, source, ""))[0]["catalogItemId"],
        ["ToSubscriptionId"] = "",
        ["Quantity"] = quantity.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["TermDuration"] = null,
        ["BillingCycle"] = null,
        ["TransitionType"] = "transition_with_license_transfer",
        ["PromotionId"] = null,
        ["Events"] = null,
    };

    private static async Task Refused(Client client, SandboxSubscription source, string existing, int status, int code)
    {
        var body = await Request(client, source, 4);
        body["ToSubscriptionId"] = existing;
        _ = (await client.Post(client.Path(source) + "/transitions", body)).ExpectError(status, code);
    }

    private static int[] Codes(JsonArray details, SandboxSubscription subscription)
    {
        var detail = details.Single(candidate => (string?)candidate!["subscriptionId"] == subscription.Id)!;
        Assert.False((bool)detail["isEligible"]!);
        return [.. detail["errors"]!.AsArray().Select(error => (int)error!["code"]!)];
    }

    private static string Product(JsonNode target) => ((string)target["catalogItemId"]!).Split(':')[0];

    private static IEnumerable<string> Events(JsonNode transition) => transition["events"]!.AsArray().Select(step => $"{step!["name"]} {step["status"]}");

    private static string[] Licenses(Client client, string userId) =>
        [.. client.Customer.Users.Single(user => user.Id == userId).Licenses.Select(license => license.SkuId).Where(sku => sku is Offers.SalesProSku or Offers.SalesSku)];
}
