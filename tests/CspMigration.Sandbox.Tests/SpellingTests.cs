using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Words of enumerations are read in any spelling and answered in the service's own.</summary>
public class SpellingTests
{
    [Theory]
    [InlineData("CompanyName", "starts_with")]
    [InlineData("CompanyName", "StartsWith")]
    [InlineData("company_name", "startsWith")]
    [InlineData("COMPANYNAME", "STARTS_WITH")]
    public async Task A_filter_is_understood_in_any_spelling(string field, string op)
    {
        using var client = new Client("edge-cases");
        var found = (await client.Get("v1/customers?filter=" + Filter(field, "Trial that", op))).Expect(200).Items;
        Assert.Equal(2, found.Count);
        _ = (await client.Get("v1/customers?filter=" + Filter(field, "Trial that", "ends_with"))).ExpectError(400, 800002);
        _ = (await client.Get("v1/customers?filter=" + Filter("Shoes", "Trial that", op))).ExpectError(400, 800002);
    }

    [Theory]
    [InlineData("UserState", "Inactive", "Equals")]
    [InlineData("user_status", "inactive", "equals")]
    public async Task A_filter_of_users_is_understood_in_any_spelling(string field, string value, string op)
    {
        using var client = new Client();
        _ = (await client.Delete($"{client.CustomerPath}/users/{client.Customer.Users[0].Id}")).Expect(204);
        Assert.Single((await client.Get($"{client.CustomerPath}/users?filter={Filter(field, value, op)}")).Expect(200).Items);
        _ = (await client.Get($"{client.CustomerPath}/users?filter={Filter(field, "asleep", op)}")).ExpectError(400, 800002);
    }

    [Theory]
    [InlineData("Annual")]
    [InlineData("ANNUAL")]
    [InlineData("annual")]
    public async Task A_billing_cycle_is_answered_as_the_service_spells_it(string cycle)
    {
        using var client = new Client();
        var body = new { BillingCycle = cycle, LineItems = new[] { new { LineItemNumber = "0", OfferId = Offers.TeamMembers, Quantity = "5" } } };
        var order = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201).Json;
        Assert.Equal("annual", (string?)order["billingCycle"]);
        Assert.Equal("annual", (string?)(await client.Get($"{client.CustomerPath}/orders/{order["id"]}")).Json["billingCycle"]);
        Assert.Equal("annual", (string?)(await client.Get(client.CustomerPath + "/subscriptions")).Items[1]!["billingCycle"]);

        var item = await Shop.Find(client, client.CustomerPath, Offers.TeamMembersSku);
        var cart = (await Shop.Cart(client, client.CustomerPath, Shop.Line(item!, 5, "p1y", cycle))).Expect(201).Json;
        Assert.Equal(("annual", "P1Y"), ((string?)cart["lineItems"]![0]!["billingCycle"], (string?)cart["lineItems"]![0]!["termDuration"]));
        var purchased = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201).Json["orders"]![0]!;
        Assert.Equal("annual", (string?)purchased["billingCycle"]);
    }

    [Fact]
    public async Task An_unknown_cycle_in_a_whole_object_is_the_default()
    {
        using var client = new Client();
        const string Body = """
            {"Id":null,"BillingCycle":"unknown","CurrencyCode":null,"CreationDate":null,"TotalPrice":null,"Links":null,
             "LineItems":[{"LineItemNumber":0,"OfferId":"@","SubscriptionId":null,"ParentSubscriptionId":null,"FriendlyName":"","Quantity":5,
              "PartnerIdOnRecord":"","CustomTermEndDate":null,"Pricing":null,"ProvisioningContext":null}],"PartnerOnRecordAttestationAccepted":null}
            """;
        var order = await client.Post(client.CustomerPath + "/orders", Body.Replace("@", Offers.TeamMembers, StringComparison.Ordinal));
        Assert.Equal("monthly", (string?)order.Expect(201).Json["billingCycle"]);
    }

    [Theory]
    [InlineData("Suspended")]
    [InlineData("suspended")]
    [InlineData("SUSPENDED")]
    public async Task A_status_is_understood_in_any_spelling(string status)
    {
        using var client = new Client();
        Assert.Equal("suspended", (string?)(await client.Patch(client.SourcePath, await client.SourceWith(("status", status)))).Expect(200).Json["status"]);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("asleep")]
    [InlineData("pending")]
    public async Task A_status_that_cannot_be_set_is_refused(string status)
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", status)))).ExpectError(400, 3000);
        Assert.Equal("active", client.Source.Status);
    }

    [Theory]
    [InlineData("transaction_reseller")]
    [InlineData("TransactionReseller")]
    [InlineData("transactionReseller")]
    public async Task A_participant_is_understood_in_any_spelling(string key)
    {
        using var client = new Client();
        var cart = (await Cart(client, key, 4567890)).Expect(201).Json;
        var participant = Assert.Single(cart["lineItems"]![0]!["participants"]!.AsArray())!;
        Assert.Equal(("transaction_reseller", "4567890"), ((string?)participant["key"], (string?)participant["value"]));
    }

    [Theory]
    [InlineData("reseller")]
    [InlineData("unknown")]
    [InlineData(null)]
    public async Task An_unknown_participant_is_refused_and_not_dropped(string? key)
    {
        using var client = new Client();
        _ = (await Cart(client, key, 4567890)).ExpectError(400, 3000);
    }

    [Theory]
    [InlineData("display_name", "descending")]
    [InlineData("DISPLAYNAME", "Descending")]
    public async Task An_order_of_users_is_understood_in_any_spelling(string field, string direction)
    {
        using var client = new Client();
        var names = (await client.Get($"{client.CustomerPath}/users?sortField={field}&sortDirection={direction}")).Expect(200).Items.Select(user => (string)user!["displayName"]!).ToList();
        Assert.Equal(names.OrderByDescending(name => name, StringComparer.OrdinalIgnoreCase), names);
        _ = (await client.Get($"{client.CustomerPath}/users?sortField={field}&sortDirection=sideways")).ExpectError(400, 800002);
    }

    private static string Filter(string field, string value, string op) =>
        Uri.EscapeDataString(new JsonObject { ["Field"] = field, ["Value"] = value, ["Operator"] = op }.ToJsonString());

    private static async Task<Reply> Cart(Client client, string? key, long value)
    {
        var line = Shop.Line((await Shop.Find(client, client.CustomerPath, Offers.TeamMembersSku))!, 5);
        line["participants"] = new JsonArray(new JsonObject { ["Key"] = key, ["Value"] = value });
        return await client.Post(client.CustomerPath + "/carts", new JsonObject { ["partnerOnRecordAttestationAccepted"] = true, ["lineItems"] = new JsonArray(line) });
    }
}
