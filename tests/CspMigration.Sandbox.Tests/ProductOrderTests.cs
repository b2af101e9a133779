using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>New-commerce items ordered without a cart: https://learn.microsoft.com/partner-center/developer/create-an-order.</summary>
public class ProductOrderTests
{
    private const string StorageSku = "00000000-5a4d-4000-8000-000000000020";
    private const string Promotion = "39NFJQT1PSB1:0001:39NFJQT1QSB1";

    [Fact]
    public async Task A_product_is_ordered_like_a_line_of_a_cart()
    {
        using var client = new Client();
        var body = Order(await Item(client, Offers.TeamMembersSku), 5);
        body["BillingCycle"] = "Monthly";
        var order = (await client.Post(client.CustomerPath + "//orders", body)).Expect(201).Json;
        var line = order["lineItems"]![0]!;
        Assert.Matches("^[0-9a-f]{12}$", (string?)order["id"]);
        Assert.Equal(("monthly", "P1M"), ((string?)order["billingCycle"], (string?)line["termDuration"]));
        Assert.Equal("2026-03-31T00:00:00Z", (string?)line["customTermEndDate"]);
        client.Provision();
        var purchased = client.Customer.Subscriptions[1];
        Assert.Equal((5, Offers.TeamMembersSku, "2026-03-31T00:00:00Z"), (purchased.Quantity, purchased.SkuId, purchased.CommitmentEndDate));
        var again = (await client.Get($"{client.CustomerPath}/orders/{order["id"]}")).Expect(200).Json;
        Assert.Equal(purchased.Id, (string?)again["lineItems"]![0]!["subscriptionId"]);
        Assert.Equal("success", (string?)(await client.Get($"{client.CustomerPath}/subscriptions/{purchased.Id}/provisioningstatus")).Json["status"]);
    }

    [Fact]
    public async Task Several_products_are_purchased_together_or_not_at_all()
    {
        using var client = new Client();
        var plan = await Item(client, Offers.OperationsPlanSku);
        var storage = await Item(client, StorageSku);
        _ = (await client.Post(client.CustomerPath + "/orders", Order(storage, 2, (plan, 19)))).ExpectError(400, 900275);
        Assert.Single(client.Customer.Subscriptions);
        _ = (await client.Post(client.CustomerPath + "/orders", Order(storage, 2))).ExpectError(400, 400041);
        _ = (await client.Post(client.CustomerPath + "/orders", Order(storage, 2, (plan, 20)))).Expect(201);
        Assert.Equal(3, client.Customer.Subscriptions.Count);
    }

    [Theory]
    [InlineData("TermDuration", "P1Y", 0)]
    [InlineData("TermDuration", "P9Y", 800121)]
    [InlineData("CustomTermEndDate", "2026-03-20", 900242)]
    [InlineData("PromotionId", "39NFJQT1PFPJ:000H:39NFJQT1Q5DK", 27007)]
    [InlineData("PromotionId", Promotion, 27007)]
    [InlineData("PartnerIdOnRecord", "12", 900247)]
    [InlineData("ParentSubscriptionId", "x", 2000)]
    [InlineData("LineItemNumber", null, 3000)]
    public async Task Every_member_of_a_line_is_checked(string member, string? value, int code)
    {
        using var client = new Client();
        var body = Order(await Item(client, Offers.TeamMembersSku), 5);
        body["PartnerOnRecordAttestationAccepted"] = true;
        body["LineItems"]![0]![member] = value;
        var reply = await client.Post(client.CustomerPath + "/orders", body);
        _ = code == 0 ? reply.Expect(201) : reply.ExpectError(400, code);
        Assert.Equal(code == 0 ? 2 : 1, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task A_billing_cycle_that_is_not_sold_is_refused()
    {
        using var client = new Client();
        var body = Order(await Item(client, Offers.TeamMembersSku), 5);
        body["BillingCycle"] = "triennial";
        _ = (await client.Post(client.CustomerPath + "/orders", body)).ExpectError(400, 6001);
    }

    [Fact]
    public async Task An_order_is_refused_if_new_commerce_refuses_the_customer()
    {
        using var client = new Client("edge-cases");
        var path = "v1/customers/" + client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == "Cart line refused").Id;
        var item = await Shop.Find(client, path, Offers.EngagementPlanSku);
        _ = (await client.Post(path + "/orders", Order(item!, 5))).ExpectError(403, 800020);
    }

    [Fact]
    public async Task An_order_of_products_is_not_changed_afterward()
    {
        using var client = new Client();
        var order = (await client.Post(client.CustomerPath + "/orders", Order(await Item(client, Offers.TeamMembersSku), 5))).Expect(201).Json;
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        _ = (await client.Patch(path, order.DeepClone())).Expect(200);
        _ = (await client.Patch(path, Client.With(order.DeepClone(), ("billingCycle", "Annual")))).ExpectError(400, 800097);
        order["lineItems"]!.AsArray().Add(new JsonObject { ["lineItemNumber"] = 1, ["offerId"] = Offers.Storage, ["quantity"] = 1 });
        _ = (await client.Patch(path, order)).ExpectError(400, 2006);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("Cancelled")]
    [InlineData("canceled")]
    public async Task An_order_is_not_canceled(string status)
    {
        using var client = new Client();
        var purchased = (await client.Post(client.CustomerPath + "/orders", Order(await Item(client, Offers.TeamMembersSku), 5))).Expect(201).Json;
        foreach (var id in new[] { client.Customer.Orders[0].Id, (string)purchased["id"]! })
        {
            var path = $"{client.CustomerPath}/orders/{id}";
            var order = (await client.Get(path)).Json;
            _ = (await client.Patch(path, Client.With(order, ("status", status)))).ExpectError(400, 800063);
        }

        Assert.All(client.Customer.Subscriptions, subscription => Assert.Equal("active", subscription.Status));
    }

    [Fact]
    public async Task A_partner_of_record_needs_the_attestation_in_orders()
    {
        using var client = new Client();
        foreach (var item in new[] { await Item(client, Offers.TeamMembersSku), Offers.TeamMembers })
        {
            var body = Order(item, 5, partnerId: "4567890", additional: ["4847383", "873452"]);
            _ = (await client.Post(client.CustomerPath + "/orders", body.DeepClone())).ExpectError(400, 900206);
            body["PartnerOnRecordAttestationAccepted"] = false;
            _ = (await client.Post(client.CustomerPath + "/orders", body.DeepClone())).ExpectError(400, 900206);
            body["PartnerOnRecordAttestationAccepted"] = "true";
            var line = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201).Json["lineItems"]![0]!;
            Assert.Equal("4567890", (string?)line["partnerIdOnRecord"]);
            Assert.Equal(["4847383", "873452"], line["additionalPartnerIdsOnRecord"]!.AsArray().Select(id => (string)id!));
        }
    }

    [Fact]
    public async Task A_partner_of_record_of_an_add_on_needs_the_attestation_too()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.OperationsPlan, 20)).Expect(201).Json;
        var addOn = new JsonObject
        {
            ["LineItems"] = new JsonArray(new JsonObject
            {
                ["LineItemNumber"] = 1,
                ["OfferId"] = Offers.Storage,
                ["ParentSubscriptionId"] = client.Subscription(Offers.OperationsPlan).Id,
                ["Quantity"] = 2,
                ["PartnerIdOnRecord"] = 4567890,
            }),
        };
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        _ = (await client.Patch(path, addOn.DeepClone())).ExpectError(400, 900206);
        addOn["partnerOnRecordAttestationAccepted"] = true;
        var patched = (await client.Patch(path, addOn)).Expect(200).Json;
        Assert.Equal("4567890", (string?)patched["lineItems"]![1]!["partnerIdOnRecord"]);
        patched["attributes"] = null;
        _ = (await client.Patch(path, patched)).Expect(200);
    }

    [Fact]
    public async Task A_partner_of_record_needs_the_attestation_in_carts()
    {
        using var client = new Client();
        var line = Shop.Line(await Item(client, Offers.TeamMembersSku), 5);
        line["participants"] = new JsonArray(
            new JsonObject { ["key"] = "transaction_reseller", ["value"] = "4567890" },
            new JsonObject { ["key"] = "AdditionalTransactionReseller", ["value"] = "517285" },
            new JsonObject { ["key"] = "additional_transaction_reseller", ["value"] = "5357563" });
        var body = new JsonObject { ["lineItems"] = new JsonArray(line) };
        _ = (await client.Post(client.CustomerPath + "/carts", body.DeepClone())).ExpectError(400, 900206);
        body["PartnerOnRecordAttestationAccepted"] = true;
        var cart = (await client.Post(client.CustomerPath + "/carts", body)).Expect(201).Json;
        Assert.True((bool)cart["partnerOnRecordAttestationAccepted"]!);
        Assert.Equal(
            [("transaction_reseller", "4567890"), ("additional_transaction_reseller", "517285"), ("additional_transaction_reseller", "5357563")],
            cart["lineItems"]![0]!["participants"]!.AsArray().Select(participant => ((string)participant!["key"]!, (string)participant["value"]!)));
        var path = $"{client.CustomerPath}/carts/{cart["id"]}";
        _ = (await client.Put(path, Client.With(cart.DeepClone(), ("partnerOnRecordAttestationAccepted", null)))).ExpectError(400, 900206);
        _ = (await client.Put(path, cart)).Expect(200);
        var order = (await client.Post(path + "/checkout", null)).Expect(201).Json["orders"]![0]!;
        Assert.Equal(2, order["lineItems"]![0]!["additionalPartnerIdsOnRecord"]!.AsArray().Count);
    }

    [Fact]
    public async Task At_most_five_additional_partners_are_named()
    {
        using var client = new Client();
        var body = Order(Offers.TeamMembers, 5, partnerId: "4567890", additional: ["1000001", "1000002", "1000003", "1000004", "1000005", "1000006"]);
        body["PartnerOnRecordAttestationAccepted"] = true;
        _ = (await client.Post(client.CustomerPath + "/orders", body)).ExpectError(400, 3000);
    }

    [Fact]
    public async Task Orders_are_listed_by_billing_cycle()
    {
        using var client = new Client();
        var body = new { BillingCycle = "annual", LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.TeamMembers, Quantity = 5 } } };
        var annual = (string?)(await client.Post(client.CustomerPath + "/orders", body)).Expect(201).Json["id"];
        client.Provision();
        Assert.Equal(annual, (string?)Assert.Single((await client.Get(client.CustomerPath + "/orders?billingType=Annual")).Expect(200).Items)!["id"]);
        Assert.Equal(client.Customer.Orders[0].Id, (string?)Assert.Single((await client.Get(client.CustomerPath + "/orders?billingType=monthly")).Items)!["id"]);
        Assert.Empty((await client.Get(client.CustomerPath + "/orders?billingType=OneTime")).Items);
        _ = (await client.Get(client.CustomerPath + "/orders?billingType=sometimes")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task Prices_are_returned_on_request()
    {
        using var client = new Client();
        var item = await Item(client, Offers.TeamMembersSku);
        var line = Shop.Line(item, 10);
        line["promotionId"] = Promotion;
        var cart = (await Shop.Cart(client, client.CustomerPath, line)).Expect(201).Json;
        Assert.Equal((8m, 6.8m, 68m), Price(cart["lineItems"]![0]!));
        var order = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201).Json["orders"]![0]!;
        client.Provision();
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        Assert.Null((await client.Get(path)).Json["totalPrice"]);
        var priced = (await client.Get(path + "?include_price=true")).Expect(200).Json;
        Assert.Equal((8m, 6.8m, 68m), Price(priced["lineItems"]![0]!));
        Assert.Equal(68m, (decimal)priced["totalPrice"]!);
        Assert.Equal(Promotion, (string?)priced["lineItems"]![0]!["promotionId"]);
        Assert.Equal(Promotion, (string?)(await client.Get($"{client.CustomerPath}/subscriptions/{client.Customer.Subscriptions[1].Id}")).Json["promotionId"]);
        var all = (await client.Get(client.CustomerPath + "/orders?include_price=True")).Items;
        Assert.All(all, listed => Assert.True((decimal)listed!["totalPrice"]! > 0));
        _ = (await client.Get(path + "?include_price=perhaps")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task An_unknown_promotion_is_refused_in_a_cart()
    {
        using var client = new Client();
        var line = Shop.Line(await Item(client, Offers.TeamMembersSku), 10);
        line["promotionId"] = "39NFJQT1PFPJ:000H:39NFJQT1Q5DK";
        var cart = (await Shop.Cart(client, client.CustomerPath, line)).Expect(201).Json;
        Assert.Equal(27007, (int)cart["lineItems"]![0]!["error"]!["errorCode"]!);
    }

    [Fact]
    public async Task Promotions_are_listed_and_eligibility_can_be_checked()
    {
        using var client = new Client { Token = "app-only" };
        Assert.Equal(Promotion, (string?)Assert.Single((await client.Get("v1/productpromotions?country=us&segment=Commercial")).Expect(200).Items)!["id"]);
        _ = (await client.Get("v1/productpromotions?country=US")).ExpectError(400, 800002);
        _ = (await client.Get($"v1/productpromotions/{Promotion}?country=US")).Expect(200);
        _ = (await client.Get("v1/productpromotions/none?country=US")).ExpectError(404, 1000);
        var item = await Item(client, Offers.TeamMembersSku);
        JsonObject Ask(string? promotion, string term, string cycle) => new()
        {
            ["Items"] = new JsonArray(new JsonObject { ["Id"] = "0", ["CatalogItemId"] = item, ["Quantity"] = "5", ["TermDuration"] = term, ["BillingCycle"] = cycle, ["PromotionId"] = promotion }),
        };
        async Task<JsonNode> Answer(JsonObject question) =>
            (await client.Post(client.CustomerPath + "/promotionEligibilities", question)).Expect(200).Items[0]!["eligibilities"]![0]!;
        Assert.True((bool)(await Answer(Ask(Promotion, "P1Y", "Monthly")))["isEligible"]!);
        Assert.Equal(Promotion, (string?)(await Answer(Ask(null, "P1Y", "Monthly")))["promotionId"]);
        Assert.Equal("Term", (string?)(await Answer(Ask(Promotion, "P1M", "Monthly")))["errors"]![0]!["type"]);
        Assert.Equal("InvalidPromotion", (string?)(await Answer(Ask("none", "P1Y", "Monthly")))["errors"]![0]!["type"]);
        Assert.Equal(0, client.Tenant.GetRequests().Writes);
    }

    private static (decimal List, decimal Discounted, decimal Extended) Price(JsonNode line)
    {
        var pricing = line["pricing"]!;
        Assert.Equal((decimal)pricing["discountedPrice"]!, (decimal)pricing["price"]!);
        return ((decimal)pricing["listPrice"]!, (decimal)pricing["discountedPrice"]!, (decimal)pricing["extendedPrice"]!);
    }

    private static async Task<string> Item(Client client, string skuId) => (await Shop.Find(client, client.CustomerPath, skuId))!;

    private static JsonObject Order(string item, int quantity, params (string Item, int Quantity)[] others) => Order(item, quantity, null, null, others);

    // The body of a client that sends whole objects, with numbers as text.
    private static JsonObject Order(string item, int quantity, string? partnerId, string[]? additional = null, params (string Item, int Quantity)[] others) => new()
    {
        ["Id"] = null,
        ["BillingCycle"] = "unknown",
        ["LineItems"] = new JsonArray([.. others.Prepend((item, quantity)).Select((line, index) => new JsonObject
        {
            ["LineItemNumber"] = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["OfferId"] = line.Item1,
            ["SubscriptionId"] = null,
            ["FriendlyName"] = null,
            ["Quantity"] = line.Item2.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["CustomTermEndDate"] = partnerId == null && line.Item1.Contains(':', StringComparison.Ordinal) && others.Length == 0 ? "2026-03-31T00:00:00Z" : null,
            ["PartnerIdOnRecord"] = partnerId,
            ["AdditionalPartnerIdsOnRecord"] = additional == null ? null : new JsonArray([.. additional.Select(id => (JsonNode)id)]),
        })]),
    };
}
