using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class CartTests
{
    private const string OperationsProduct = "CFQ7TTC0SB01:0001:";
    private const string PlanSku = "549c4efe-09a2-462b-9393-9b57dfdea76b";

    [Theory]
    [InlineData(null)]
    [InlineData("\"success\"")]
    [InlineData("{}")]
    public async Task A_cart_is_created_and_checked_out_into_an_order(string? body)
    {
        using var client = new Client("contoso:legacyCommerce=closed");
        var item = await Item(client);
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(item, 25, name: "Target (from 1A2B3C4D)"))).Expect(201).Json;
        Assert.Equal("Active", (string?)cart["status"]);
        var line = cart["lineItems"]![0]!;
        Assert.Null(line["error"]);
        Assert.Equal(190m, (decimal)line["pricing"]!["listPrice"]!);
        Assert.Equal(190m * 25, (decimal)line["pricing"]!["extendedPrice"]!);
        Assert.Equal("USD", (string?)line["currencyCode"]);
        _ = Assert.Single(client.Customer.Subscriptions);
        var result = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", body)).Expect(201).Json;
        var order = Assert.Single(result["orders"]!.AsArray())!;
        Assert.Null(result["orderErrors"]);
        Assert.Equal(12, ((string)order["id"]!).Length);
        Assert.Null(order["lineItems"]![0]!["subscriptionId"]);
        Assert.Equal("Target (from 1A2B3C4D)", client.Customer.Subscriptions[1].FriendlyName);
        client.Provision();
        var fulfilled = (await client.Get($"{client.CustomerPath}/orders/{order["id"]}")).Expect(200).Json;
        Assert.Equal(client.Customer.Subscriptions[1].Id, (string?)fulfilled["lineItems"]![0]!["subscriptionId"]);
        Assert.Equal("P1Y", (string?)fulfilled["lineItems"]![0]!["termDuration"]);
    }

    [Theory]
    [InlineData("NONE:0001:NONE", 25, "P1Y", "monthly", 10001)]
    [InlineData("CFQ7TTC0SB01:0001:CFQ7TTC0LAST", 25, "P1Y", "monthly", 10001)]
    [InlineData("@", 19, "P1Y", "monthly", 10010)]
    [InlineData("@", 25, "P3Y", "monthly", 10010)]
    [InlineData("@", 25, "P1M", "annual", 10010)]
    [InlineData("@", 25, null, "monthly", 10010)]
    public async Task A_cart_is_created_with_the_errors_of_lines_that_cannot_be_purchased(string item, int quantity, string? term, string cycle, int code)
    {
        using var client = new Client();
        var line = Shop.Line(item == "@" ? await Item(client) : item, quantity, term!, cycle);
        var cart = (await Shop.Cart(client, client.CustomerPath, line)).Expect(201).Json;
        Assert.Equal(code, (int)cart["lineItems"]![0]!["error"]!["errorCode"]!);
        Assert.NotNull(cart["lineItems"]![0]!["error"]!["errorDescription"]);
        var result = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201).Json;
        Assert.Empty(result["orders"]!.AsArray());
        Assert.Equal(code, (int)result["orderErrors"]![0]!["code"]!);
        Assert.Equal("0", (string?)result["orderErrors"]![0]!["orderGroupId"]);
    }

    [Fact]
    public async Task A_checkout_can_succeed_in_part()
    {
        using var client = new Client();
        var item = await Item(client);
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(item, 25), Shop.Line(item, 1, "P1M", id: 1))).Expect(201).Json;
        Assert.Equal(["0", "1"], cart["lineItems"]!.AsArray().Select(line => (string)line!["orderGroup"]!));
        var result = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201).Json;
        Assert.Single(result["orders"]!.AsArray());
        Assert.Equal("1", (string?)Assert.Single(result["orderErrors"]!.AsArray())!["orderGroupId"]);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task A_submitted_cart_cannot_be_submitted_again_but_the_same_request_has_the_same_answer()
    {
        using var client = new Client();
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(await Item(client), 25))).Expect(201).Json;
        var path = $"{client.CustomerPath}/carts/{cart["id"]}";
        var first = (await client.Post(path + "/checkout", null, RequestIds.A)).Expect(201);
        Assert.Equal(first.Text, (await client.Post(path + "/checkout", null, RequestIds.A)).Expect(201).Text);
        _ = (await client.Post(path + "/checkout", null, RequestIds.B)).ExpectError(400, 800065);
        _ = (await client.Put(path, cart)).ExpectError(400, 800065);
        Assert.Equal("Ordered", (string?)(await client.Get(path)).Expect(200).Json["status"]);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task A_cart_can_be_replaced_and_expires_after_seven_days()
    {
        using var client = new Client();
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(await Item(client), 1))).Expect(201).Json;
        Assert.NotNull(cart["lineItems"]![0]!["error"]);
        Assert.Equal("2026-03-17T12:00:00Z", (string?)cart["expirationTimestamp"]);
        cart["lineItems"]![0]!["quantity"] = 25;
        var path = $"{client.CustomerPath}/carts/{cart["id"]}";
        Assert.Null((await client.Put(path, cart)).Expect(200).Json["lineItems"]![0]!["error"]);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(6));
        var changed = (await client.Put(path, cart)).Expect(200).Json;
        Assert.Equal(("2026-03-16T12:00:00Z", "2026-03-17T12:00:00Z"), ((string?)changed["lastModifiedTimestamp"], (string?)changed["expirationTimestamp"]));
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        _ = (await client.Get(path)).ExpectError(404, 1000);
        _ = (await client.Post(path + "/checkout", null)).ExpectError(404, 1000);
    }

    [Fact]
    public async Task An_availability_of_yesterday_is_refused_at_checkout_too()
    {
        using var client = new Client();
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(await Item(client), 25))).Expect(201).Json;
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        var result = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201).Json;
        Assert.Equal(10001, (int)result["orderErrors"]![0]!["code"]!);
    }

    [Fact]
    public async Task The_reseller_is_a_participant()
    {
        using var client = new Client();
        var line = Shop.Line(await Item(client), 25);
        line["participants"] = new JsonArray(new JsonObject { ["key"] = "transaction_reseller", ["value"] = "4567890" });
        JsonObject Body(JsonObject item) => new() { ["partnerOnRecordAttestationAccepted"] = true, ["lineItems"] = new JsonArray(item) };
        var wrong = (JsonObject)line.DeepClone();
        var cart = (await client.Post(client.CustomerPath + "/carts", Body(line))).Expect(201).Json;
        _ = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201);
        Assert.Equal("4567890", (string?)(await client.Get(client.CustomerPath + "/subscriptions")).Items[1]!["partnerId"]);
        wrong["participants"]![0]!["value"] = "12";
        Assert.Equal(10004, (int)(await client.Post(client.CustomerPath + "/carts", Body(wrong))).Json["lineItems"]![0]!["error"]!["errorCode"]!);
    }

    [Fact]
    public async Task An_add_on_needs_its_base_owned_or_in_the_same_cart()
    {
        using var client = new Client();
        var item = await Item(client);
        var storage = await Shop.Find(client, client.CustomerPath, "00000000-5a4d-4000-8000-000000000020");
        var alone = (await Shop.Cart(client, client.CustomerPath, Shop.Line(storage!, 2))).Expect(201).Json;
        Assert.Equal(400041, (int)alone["lineItems"]![0]!["error"]!["errorCode"]!);
        var together = (await Shop.Cart(client, client.CustomerPath, Shop.Line(item, 25), Shop.Line(storage!, 2, id: 1))).Expect(201).Json;
        Assert.All(together["lineItems"]!.AsArray(), line => Assert.Null(line!["error"]));
        _ = (await client.Post($"{client.CustomerPath}/carts/{together["id"]}/checkout", null)).Expect(201);
        Assert.Null((await Shop.Cart(client, client.CustomerPath, Shop.Line(storage!, 2))).Json["lineItems"]![0]!["error"]);
        Assert.Null(client.Customer.Subscriptions[2].ParentSubscriptionId);
    }

    [Fact]
    public async Task License_based_offers_and_their_add_ons_go_through_a_cart_as_well()
    {
        using var client = new Client();
        var line = new JsonObject
        {
            ["id"] = 0,
            ["catalogItemId"] = Offers.OperationsPlan,
            ["quantity"] = 20,
            ["billingCycle"] = "annual",
            ["addonItems"] = new JsonArray(new JsonObject { ["id"] = 1, ["catalogItemId"] = Offers.Storage, ["quantity"] = 2, ["billingCycle"] = "annual" }),
        };
        var cart = (await Shop.Cart(client, client.CustomerPath, line)).Expect(201).Json;
        _ = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201);
        var parent = client.Subscription(Offers.OperationsPlan).Id;
        Assert.Equal(parent, client.Subscription(Offers.Storage).ParentSubscriptionId);
        var later = new JsonObject
        {
            ["catalogItemId"] = Offers.Storage,
            ["quantity"] = 1,
            ["provisioningContext"] = new JsonObject { ["parentSubscriptionId"] = parent },
        };
        Assert.Null((await Shop.Cart(client, client.CustomerPath, (JsonObject)later.DeepClone())).Expect(201).Json["lineItems"]![0]!["error"]);
        later["provisioningContext"]!["parentSubscriptionId"] = client.Source.Id;
        Assert.Equal(800029, (int)(await Shop.Cart(client, client.CustomerPath, later)).Expect(201).Json["lineItems"]![0]!["error"]!["errorCode"]!);
    }

    [Fact]
    public async Task A_limited_offer_is_not_purchased_twice_in_one_cart()
    {
        using var client = new Client();
        JsonObject Trial(int id) => new() { ["id"] = id, ["catalogItemId"] = Offers.EngagementPlanTrial, ["quantity"] = 25, ["billingCycle"] = "none" };
        Assert.Null((await Shop.Cart(client, client.CustomerPath, Trial(0))).Json["lineItems"]![0]!["error"]);
        var cart = (await Shop.Cart(client, client.CustomerPath, Trial(0), Trial(1))).Expect(201).Json;
        Assert.All(cart["lineItems"]!.AsArray(), line => Assert.Equal(27006, (int)line!["error"]!["errorCode"]!));
    }

    [Fact]
    public async Task The_term_can_end_with_another_subscription()
    {
        using var client = new Client();
        _ = await Shop.Buy(client, Offers.TeamMembersSku, 5, "P1Y");
        client.Tenant.AdvanceClock(TimeSpan.FromDays(30));
        var dates = (await client.Get(client.CustomerPath + "/subscriptions/customTermEndDates?term_duration=P1Y")).Expect(200).Items;
        Assert.Equal("calendarMonthAligned", (string?)dates[0]!["allowedCustomTermEndDateType"]);
        Assert.Equal("2027-03-31T00:00:00Z", (string?)dates[0]!["allowedCustomTermEndDate"]);
        var aligned = (string)dates[1]!["allowedCustomTermEndDate"]!;
        Assert.Equal(client.Customer.Subscriptions[1].Id, (string?)dates[1]!["cotermSubscriptionIds"]![0]);
        var line = Shop.Line(await Item(client), 25);
        line["customTermEndDate"] = aligned;
        var cart = (await Shop.Cart(client, client.CustomerPath, line)).Expect(201).Json;
        _ = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201);
        Assert.Equal(client.Customer.Subscriptions[1].CommitmentEndDate, client.Customer.Subscriptions[2].CommitmentEndDate);
        foreach (var wrong in new[] { "2030-01-31", "2026-04-09", "2026-06-15", "2026-04-08" })
        {
            var refused = (JsonObject)line.DeepClone();
            refused["customTermEndDate"] = wrong;
            Assert.Equal(10017, (int)(await Shop.Cart(client, client.CustomerPath, refused)).Json["lineItems"]![0]!["error"]!["errorCode"]!);
        }

        foreach (var monthEnd in new[] { "2026-04-30", "2026-12-31T00:00:00Z" })
        {
            var accepted = (JsonObject)line.DeepClone();
            accepted["customTermEndDate"] = monthEnd;
            Assert.Null((await Shop.Cart(client, client.CustomerPath, accepted)).Json["lineItems"]![0]!["error"]);
        }

        _ = (await client.Get(client.CustomerPath + "/subscriptions/customTermEndDates?term_duration=P9Y")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task Without_the_customer_agreement_nothing_is_sold_until_it_is_recorded()
    {
        using var client = new Client("contoso:agreement=missing");
        _ = (await client.Order(Offers.OperationsPlan, 20)).ExpectError(403, 13605);
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(await Item(client), 25))).Expect(201).Json;
        var checkout = $"{client.CustomerPath}/carts/{cart["id"]}/checkout";
        _ = (await client.Post(checkout, null)).ExpectError(403, 13605);
        var agreement = new
        {
            PrimaryContact = new { FirstName = "A", LastName = "B", Email = "a@b.c" },
            Type = "MicrosoftCustomerAgreement",
            TemplateId = "117a77b0-9360-443b-8795-c6dedc750cf9",
            DateAgreed = "2026-03-10",
        };
        _ = (await client.Post(client.CustomerPath + "/agreements", agreement)).Expect(201);
        _ = (await client.Post(checkout, null)).Expect(201);
    }

    [Theory]
    [InlineData("""{"lineItems":[]}""", 800002)]
    [InlineData("""{"lineItems":[{"quantity":1}]}""", 3000)]
    [InlineData("""{"lineItems":[{"id":1,"catalogItemId":"a:b:c"},{"id":1,"catalogItemId":"a:b:c"}]}""", 3000)]
    [InlineData("""{"lineItems":[{"catalogItemId":"a:b:c","customTermEndDate":"soon"}]}""", 3000)]
    public async Task A_cart_that_is_not_well_formed_is_refused(string body, int code)
    {
        using var client = new Client();
        _ = (await client.Post(client.CustomerPath + "/carts", body)).ExpectError(400, code);
    }

    [Fact]
    public async Task A_second_purchase_for_one_source_is_a_violation_across_both_commerces()
    {
        using var client = new Client();
        var mark = $"Target (from {client.Source.Id[..8]})";
        _ = (await client.Order(Offers.OperationsPlan, 20, mark)).Expect(201);
        _ = await Shop.Buy(client, PlanSku, 20, name: mark);
        Assert.Single(client.Tenant.GetState().Violations);
    }

    private static async Task<string> Item(Client client)
    {
        var item = await Shop.Find(client, client.CustomerPath, Offers.OperationsPlanSku);
        Assert.StartsWith(OperationsProduct, item, StringComparison.Ordinal);
        return item!;
    }
}
