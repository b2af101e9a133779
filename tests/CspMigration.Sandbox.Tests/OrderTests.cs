using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class OrderTests
{
    [Fact]
    public async Task A_purchase_is_listed_at_once_and_its_seats_and_order_follow()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.OperationsPlan, 25, "Target (from 1A2B3C4D)")).Expect(201).Json;
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        Assert.Equal("pending", (string?)order["status"]);
        Assert.Null(order["lineItems"]![0]!["subscriptionId"]);
        var purchased = (await client.Get(client.CustomerPath + "/subscriptions")).Items[1]!;
        Assert.Equal("Target (from 1A2B3C4D)", (string?)purchased["friendlyName"]);
        Assert.Equal("active", (string?)purchased["status"]);
        Assert.Equal("pending", (string?)(await client.Get($"{client.CustomerPath}/subscriptions/{purchased["id"]}/provisioningstatus")).Json["status"]);
        Assert.Equal("prefulfillmentPending", (string?)(await client.Get(path + "/provisioningstatus")).Items[0]!["status"]);
        Assert.Single((await client.Get(client.CustomerPath + "/orders")).Items);
        Assert.DoesNotContain(Offers.OperationsPlanSku, await SkuIds(client));

        client.Provision();
        var fulfilled = (await client.Get(path)).Expect(200).Json;
        Assert.Equal("completed", (string?)fulfilled["status"]);
        Assert.Equal((string?)purchased["id"], (string?)fulfilled["lineItems"]![0]!["subscriptionId"]);
        Assert.Equal("success", (string?)(await client.Get($"{client.CustomerPath}/subscriptions/{purchased["id"]}/provisioningstatus")).Json["status"]);
        Assert.Equal("fulfilled", (string?)(await client.Get(path + "/provisioningstatus")).Items[0]!["status"]);
        Assert.Equal(2, (await client.Get(client.CustomerPath + "/orders")).Items.Count);
        Assert.Contains(Offers.OperationsPlanSku, await SkuIds(client));
        var state = client.Customer.Orders[1];
        Assert.Equal("api", state.Origin);
        Assert.Equal(25, Assert.Single(state.LineItems).Quantity);
    }

    [Fact]
    public async Task The_list_of_orders_lags_as_configured()
    {
        using var client = new Client("contoso:orderListLag=PT15M");
        var order = (await client.Order(Offers.OperationsPlan, 25)).Expect(201).Json;
        client.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Single((await client.Get(client.CustomerPath + "/orders")).Items);
        Assert.Equal("completed", (string?)(await client.Get($"{client.CustomerPath}/orders/{order["id"]}")).Expect(200).Json["status"]);
        client.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await client.Get(client.CustomerPath + "/orders")).Items.Count);
    }

    [Fact]
    public async Task The_list_of_subscriptions_lags_as_configured_and_a_single_one_does_not()
    {
        using var client = new Client("contoso:subscriptionListLag=PT5M");
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        var purchased = client.Customer.Subscriptions.Single(subscription => subscription.OfferId == Offers.OperationsPlan);

        Assert.Single((await client.Get(client.CustomerPath + "/subscriptions")).Items);
        _ = (await client.Get($"{client.CustomerPath}/subscriptions/{purchased.Id}")).Expect(200);
        client.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await client.Get(client.CustomerPath + "/subscriptions")).Items.Count);
    }

    [Theory]
    [InlineData(Offers.OperationsPlan, 19, 400, 900275)]
    [InlineData(Offers.OperationsPlan, 0, 400, 900275)]
    [InlineData(Offers.OperationsPlan, 10_000_001, 400, 900275)]
    [InlineData(Offers.AxEnterprise, 25, 403, 2091)]
    [InlineData("12345678-0000-0000-0000-000000000000", 25, 400, 2100)]
    [InlineData("MS-AZR-0145P", 25, 400, 800004)]
    [InlineData("CFQ7TTC0LH18:0001:CFQ7TTC0K971", 25, 404, 400013)]
    [InlineData("CFQ7TTC0SB04:0009:CFQ7TTC0K971", 25, 404, 400018)]
    [InlineData("CFQ7TTC0SB04:0001:CFQ7TTC0K971", 25, 404, 400019)]
    [InlineData(Offers.ServiceDesk, 1, 400, 800070)]
    [InlineData(Offers.Storage, 1, 400, 800029)]
    public async Task A_purchase_that_is_not_possible_has_its_error_code(string offerId, int quantity, int status, int code)
    {
        using var client = new Client();
        _ = (await client.Order(offerId, quantity)).ExpectError(status, code);
        Assert.Single(client.Customer.Subscriptions);
    }

    [Theory]
    [InlineData("""{"BillingCycle":"weekly","LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20}]}""", 6001)]
    [InlineData("""{"BillingCycle":"monthly","LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20,"ParentSubscriptionId":"x"}]}""", 2000)]
    [InlineData("""{"BillingCycle":"monthly","LineItems":[]}""", 800002)]
    [InlineData("""{"BillingCycle":"monthly","LineItems":[{"LineItemNumber":0,"Quantity":20}]}""", 3000)]
    [InlineData("""{"Status":"none","LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20}]}""", 3000)]
    [InlineData("""{"ReferenceCustomerId":"someone else","LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20}]}""", 3000)]
    [InlineData("""{"LineItems":[{"OfferId":"@","Quantity":20}]}""", 3000)]
    [InlineData("""{"LineItems":[{"LineItemNumber":null,"OfferId":"@","Quantity":20}]}""", 3000)]
    [InlineData("""{"LineItems":[{"LineItemNumber":1,"OfferId":"@","Quantity":20}]}""", 800071)]
    [InlineData("""{"LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20},{"LineItemNumber":1,"OfferId":"CFQ7TTC0SB04:0001:CFQ7TTC0K971","Quantity":20}]}""", 800002)]
    [InlineData("""{"LineItems":[{"LineItemNumber":1,"OfferId":"@","Quantity":20},{"LineItemNumber":1,"OfferId":"@","Quantity":20}]}""", 3000)]
    [InlineData("""{"PartnerOnRecordAttestationAccepted":true,"LineItems":[{"LineItemNumber":0,"OfferId":"@","Quantity":20,"PartnerIdOnRecord":"reseller"}]}""", 900247)]
    public async Task An_order_that_is_not_well_formed_is_refused(string body, int code)
    {
        using var client = new Client();
        _ = (await client.Post(client.CustomerPath + "/orders", body.Replace("@", Offers.OperationsPlan, StringComparison.Ordinal))).ExpectError(400, code);
        Assert.Single(client.Customer.Subscriptions);
    }

    [Fact]
    public async Task Several_lines_are_purchased_together_or_not_at_all()
    {
        using var client = new Client();
        var bad = new { BillingCycle = "annual", LineItems = new[] { Line(0, Offers.TeamMembers, 5), Line(1, Offers.OperationsPlan, 1) } };
        _ = (await client.Post(client.CustomerPath + "/orders", bad)).ExpectError(400, 900275);
        Assert.Single(client.Customer.Subscriptions);
        var good = new { BillingCycle = "annual", LineItems = new[] { Line(0, Offers.TeamMembers, 5), Line(1, Offers.OperationsPlan, 20) } };
        var order = (await client.Post(client.CustomerPath + "/orders", good)).Expect(201).Json;
        Assert.Equal(2, order["lineItems"]!.AsArray().Count);
        Assert.Equal(3, client.Customer.Subscriptions.Count);
        var purchased = await client.Get($"{client.CustomerPath}/subscriptions?order_id={order["id"]}");
        Assert.All(purchased.Items, subscription => Assert.Equal("annual", (string?)subscription!["billingCycle"]));
    }

    [Fact]
    public async Task A_purchase_keeps_its_partner_of_record()
    {
        using var client = new Client();
        var body = new { LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.TeamMembers, Quantity = 5, PartnerIdOnRecord = "4567890" } }, PartnerOnRecordAttestationAccepted = true };
        Assert.Equal("4567890", (string?)(await client.Post(client.CustomerPath + "/orders", body)).Expect(201).Json["lineItems"]![0]!["partnerIdOnRecord"]);
        Assert.Equal("4567890", (string?)(await client.Get(client.CustomerPath + "/subscriptions")).Items[1]!["partnerId"]);
    }

    [Fact]
    public async Task A_trial_can_be_purchased_once_and_ends_after_thirty_days()
    {
        using var client = new Client();
        var body = new { LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.EngagementPlanTrial, Quantity = 25 } } };
        _ = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201);
        var trial = (await client.Get(client.CustomerPath + "/subscriptions")).Items[1]!;
        Assert.True((bool)trial["isTrial"]!);
        Assert.False((bool)trial["autoRenewEnabled"]!);
        Assert.Equal("none", (string?)trial["billingCycle"]);
        Assert.Equal("2026-04-08T00:00:00Z", (string?)trial["commitmentEndDate"]);
        var path = $"{client.CustomerPath}/subscriptions/{trial["id"]}";
        _ = (await client.Patch(path, Client.With(trial, ("autoRenewEnabled", true)))).ExpectError(400, 800093);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(300));
        Assert.Equal("deleted", client.Subscription(Offers.EngagementPlanTrial).Status);
        _ = (await client.Post(client.CustomerPath + "/orders", body)).ExpectError(400, 27006);
    }

    [Fact]
    public async Task An_add_on_is_purchased_with_its_base()
    {
        using var client = new Client();
        var body = new { BillingCycle = "monthly", LineItems = new[] { Line(0, Offers.Storage, 2), Line(1, Offers.OperationsPlan, 20) } };
        var lines = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201).Json["lineItems"]!.AsArray();
        Assert.Equal(client.Subscription(Offers.OperationsPlan).Id, client.Subscription(Offers.Storage).ParentSubscriptionId);
        Assert.Equal([(0, Offers.Storage), (1, Offers.OperationsPlan)], lines.Select(line => ((int)line!["lineItemNumber"]!, (string)line["offerId"]!)));
    }

    [Fact]
    public async Task An_add_on_is_purchased_later_by_the_order_of_its_base()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.OperationsPlan, 20)).Expect(201).Json;
        client.Provision();
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        var parent = client.Subscription(Offers.OperationsPlan).Id;
        var addOn = new { OfferId = Offers.Storage, ParentSubscriptionId = parent, Quantity = 2, FriendlyName = "More room", LineItemNumber = 0 };
        var patched = (await client.Patch(path, new { Id = (string?)null, LineItems = new[] { addOn } })).Expect(200).Json;
        Assert.Equal(2, patched["lineItems"]!.AsArray().Count);
        Assert.Equal(parent, client.Subscription(Offers.Storage).ParentSubscriptionId);
        client.Provision();
        var whole = (await client.Get(path)).Json;
        Assert.Equal(client.Subscription(Offers.Storage).Id, (string?)whole["lineItems"]![1]!["subscriptionId"]);
        _ = (await client.Patch(path, whole)).Expect(200);
        Assert.Equal(3, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task An_add_on_of_another_base_or_of_one_that_is_not_active_is_refused()
    {
        using var client = new Client();
        var members = (await client.Order(Offers.TeamMembers, 5)).Expect(201).Json;
        var wrong = new { LineItemNumber = 0, OfferId = Offers.Storage, ParentSubscriptionId = client.Subscription(Offers.TeamMembers).Id, Quantity = 1 };
        _ = (await client.Patch($"{client.CustomerPath}/orders/{members["id"]}", new { LineItems = new[] { wrong } })).ExpectError(400, 800029);
        var order = (await client.Order(Offers.OperationsPlan, 20)).Expect(201).Json;
        var parent = $"{client.CustomerPath}/subscriptions/{client.Subscription(Offers.OperationsPlan).Id}";
        _ = (await client.Patch(parent, Client.With((await client.Get(parent)).Json, ("status", "suspended")))).Expect(200);
        var right = new { LineItemNumber = 0, OfferId = Offers.Storage, ParentSubscriptionId = client.Subscription(Offers.OperationsPlan).Id, Quantity = 1 };
        _ = (await client.Patch($"{client.CustomerPath}/orders/{order["id"]}", new { LineItems = new[] { right } })).ExpectError(409, 27009);
    }

    [Fact]
    public async Task The_billing_cycle_is_changed_on_the_order()
    {
        using var client = new Client();
        var path = $"{client.CustomerPath}/orders/{client.Customer.Orders[0].Id}";
        var order = (await client.Get(path)).Json;
        _ = (await client.Patch(path, Client.With(order.DeepClone(), ("billingCycle", "weekly")))).ExpectError(400, 6001);
        _ = (await client.Patch(path, Client.With(order, ("billingCycle", "Annual")), ("If-Match", "\"stale\""))).ExpectError(400, 2055);
        _ = (await client.Patch(path, Client.With(order, ("billingCycle", "annual")))).Expect(200);
        _ = (await client.Patch(path, Client.With(order, ("billingCycle", "monthly")))).ExpectError(400, 2055);
        order = (await client.Get(path)).Json;
        Assert.Equal("annual", (string?)(await client.Get(client.SourcePath)).Json["billingCycle"]);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "suspended")))).Expect(200);
        _ = (await client.Patch(path, Client.With(order, ("billingCycle", "monthly")))).ExpectError(400, 6000);
    }

    [Fact]
    public async Task A_change_of_an_order_is_carried_out_as_a_whole_or_not_at_all()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.OperationsPlan, 20)).Expect(201).Json;
        var path = $"{client.CustomerPath}/orders/{order["id"]}";
        var parent = client.Subscription(Offers.OperationsPlan).Id;
        object Body(int quantity) => new { BillingCycle = "annual", LineItems = new[] { new { LineItemNumber = 1, OfferId = Offers.Storage, ParentSubscriptionId = parent, Quantity = quantity } } };
        _ = (await client.Patch(path, Body(0))).ExpectError(400, 900275);
        Assert.Equal("monthly", (string?)(await client.Get(path)).Json["billingCycle"]);
        _ = (await client.Patch(path, Body(2))).Expect(200);
        var purchased = (await client.Get($"{client.CustomerPath}/subscriptions?order_id={order["id"]}")).Items;
        Assert.Equal(["annual", "annual"], purchased.Select(subscription => (string)subscription!["billingCycle"]!));
    }

    private static object Line(int number, string offerId, int quantity) => new { LineItemNumber = number, OfferId = offerId, Quantity = quantity };

    private static async Task<string[]> SkuIds(Client client) =>
        (await client.Get(client.CustomerPath + "/subscribedskus")).Items.Select(sku => (string)sku!["productSku"]!["id"]!).ToArray();
}
