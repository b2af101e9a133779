using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class SubscriptionTests
{
    [Fact]
    public async Task A_legacy_subscription_reads_as_documented()
    {
        using var client = new Client();
        var resource = (await client.Get(client.SourcePath)).Expect(200).Json;
        Assert.Equal("license", (string?)resource["billingType"]);
        Assert.Equal("monthly", (string?)resource["billingCycle"]);
        Assert.Equal("", (string?)resource["termDuration"]);
        Assert.Equal("2026-04-09T00:00:00Z", (string?)resource["commitmentEndDate"]);
        Assert.Equal("2026-04-09T23:59:59Z", (string?)resource["commitmentEndDateTime"]);
        Assert.Equal("2025-04-10T00:00:00Z", (string?)resource["effectiveStartDate"]);
        Assert.False((bool)resource["autoRenewEnabled"]!);
        Assert.False((bool)resource["isTrial"]!);
        Assert.NotNull(resource["attributes"]!["etag"]);
        Assert.Equal("subscription", (string?)resource["contractType"]);
    }

    [Fact]
    public async Task Subscriptions_are_listed_all_or_by_order()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.OperationsPlan, 20)).Expect(201).Json;
        Assert.Equal(2, (await client.Get(client.CustomerPath + "/subscriptions")).Items.Count);
        var ofOrder = Assert.Single((await client.Get($"{client.CustomerPath}/subscriptions?order_id={order["id"]}")).Items)!;
        Assert.Equal(Offers.OperationsPlan, (string?)ofOrder["offerId"]);
    }

    [Fact]
    public async Task Add_ons_are_listed_under_their_base()
    {
        using var client = new Client("seed-mapping");
        var customer = client.Tenant.GetState().Customers.Single(candidate => candidate.CompanyName == "CRM Field Service add-on");
        var addOn = customer.Subscriptions.Single(subscription => subscription.ParentSubscriptionId != null);
        var found = (await client.Get($"v1/customers/{customer.Id}/subscriptions/{addOn.ParentSubscriptionId}/addons")).Expect(200).Items;
        Assert.Equal(addOn.Id, (string?)Assert.Single(found)!["id"]);
        Assert.Equal(addOn.ParentSubscriptionId, (string?)found[0]!["parentSubscriptionId"]);
    }

    [Fact]
    public async Task The_provisioning_status_names_the_directory_sku()
    {
        using var client = new Client();
        var status = (await client.Get(client.SourcePath + "/provisioningstatus")).Expect(200).Json;
        Assert.Equal(client.Source.SkuId, (string)status["skuId"]!, ignoreCase: true);
        Assert.Equal("success", (string?)status["status"]);
        Assert.Equal(25, (int)status["quantity"]!);
        Assert.Equal("2026-04-09T00:00:00Z", (string?)status["endDate"]);
    }

    [Fact]
    public async Task The_whole_resource_sent_back_unchanged_changes_nothing()
    {
        using var client = new Client();
        var before = client.Source;
        _ = (await client.Patch(client.SourcePath, await client.SourceWith())).Expect(200);
        Assert.Equal(before, client.Source);
    }

    [Fact]
    public async Task The_body_of_another_client_is_understood()
    {
        using var client = new Client();
        var body = $$"""
            {"Id":"{{client.Source.Id.ToLowerInvariant()}}","OFFERID":null,"FriendlyName":"Renamed","Quantity":"26","ParentSubscriptionId":null,
             "CreationDate":"0001-01-01T00:00:00","CommitmentEndDate":"0001-01-01T00:00:00","Status":"Active","AutoRenewEnabled":true,
             "BillingCycle":"Unknown","PartnerId":"","Color":"blue","Links":{"Self":null},"Attributes":{"ObjectType":"Subscription"} }
            """;
        _ = (await client.Patch(client.SourcePath, body)).Expect(200);
        Assert.Equal("Renamed", client.Source.FriendlyName);
        Assert.Equal(26, client.Source.Quantity);
        Assert.True(client.Source.AutoRenewEnabled);
        Assert.Equal("2026-04-09T00:00:00Z", client.Source.CommitmentEndDate);
    }

    [Fact]
    public async Task A_minimal_body_switches_auto_renew_off_and_changes_nothing_else()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("autoRenewEnabled", true)))).Expect(200);
        Assert.True(client.Source.AutoRenewEnabled);
        _ = (await client.Patch(client.SourcePath, new { friendlyName = "Minimal" })).Expect(200);
        Assert.False(client.Source.AutoRenewEnabled);
        Assert.Equal("Minimal", client.Source.FriendlyName);
        Assert.Equal(25, client.Source.Quantity);
        Assert.Equal("active", client.Source.Status);
    }

    [Fact]
    public async Task The_quantity_goes_up_and_down_within_what_the_offer_allows()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(201);
        client.Provision();
        var path = $"{client.CustomerPath}/subscriptions/{client.Subscription(Offers.OperationsPlan).Id}";
        foreach (var quantity in new[] { 40, 20 })
        {
            _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("quantity", quantity)))).Expect(200);
            Assert.Equal(quantity, client.Subscription(Offers.OperationsPlan).Quantity);
        }

        foreach (var quantity in new[] { 19, 0, -1, 10_000_001 })
        {
            _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("quantity", quantity)))).ExpectError(400, 2002);
        }
    }

    [Fact]
    public async Task More_seats_reach_the_directory_only_when_they_are_provisioned_and_fewer_at_once()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 40)))).Expect(200);
        Assert.Equal(25, await ActiveUnits(client));
        Assert.Equal("pending", (string?)(await client.Get(client.SourcePath + "/provisioningstatus")).Json["status"]);
        client.Provision();
        Assert.Equal(40, await ActiveUnits(client));
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)))).Expect(200);
        Assert.Equal(30, await ActiveUnits(client));
    }

    [Fact]
    public async Task A_suspended_subscription_can_only_be_reactivated()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "suspended")))).Expect(200);
        Assert.Equal("suspended", client.Source.Status);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)))).ExpectError(400, 2001);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30), ("status", "active")))).ExpectError(400, 2001);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("friendlyName", "new")))).ExpectError(400, 800091);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("autoRenewEnabled", true)))).ExpectError(400, 800091);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith())).Expect(200);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "active")))).Expect(200);
        Assert.Equal("active", client.Source.Status);
    }

    [Fact]
    public async Task Suspending_takes_the_units_out_of_service()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "suspended")))).Expect(200);
        var sku = Assert.Single((await client.Get(client.CustomerPath + "/subscribedskus")).Items)!;
        Assert.Equal(0, (int)sku["activeUnits"]!);
        Assert.Equal(25, (int)sku["suspendedUnits"]!);
        Assert.Equal(20, (int)sku["consumedUnits"]!);
        Assert.Equal(-20, (int)sku["availableUnits"]!);
        Assert.Equal("Suspended", (string?)sku["capabilityStatus"]);
    }

    [Theory]
    [InlineData("deleted", 800096)]
    [InlineData("expired", 800096)]
    [InlineData("disabled", 800096)]
    [InlineData("asleep", 3000)]
    [InlineData("7", 3000)]
    public async Task A_legacy_subscription_cannot_have_any_other_status(string status, int code)
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", status)))).ExpectError(400, code);
    }

    [Fact]
    public async Task An_etag_changes_with_each_write_and_a_stale_one_is_refused()
    {
        using var client = new Client();
        var read = (await client.Get(client.SourcePath)).Json;
        var etag = (string)read["attributes"]!["etag"]!;
        var written = (await client.Patch(client.SourcePath, Client.With(read, ("quantity", 26)), ("If-Match", $"\"{etag}\""))).Expect(200);
        Assert.NotEqual(etag, (string?)written.Json["attributes"]!["etag"]);
        _ = (await client.Patch(client.SourcePath, Client.With(read, ("quantity", 27)), ("If-Match", $"\"{etag}\""))).ExpectError(400, 2055);
        _ = (await client.Patch(client.SourcePath, Client.With(read, ("quantity", 27)), ("If-Match", "*"))).Expect(200);
        _ = (await client.Patch(client.SourcePath, Client.With(read, ("quantity", 28)))).ExpectError(400, 2055);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 28)))).Expect(200);
        _ = (await client.Patch(client.SourcePath, Client.With(await client.SourceWith(("quantity", 29)), ("attributes", null)))).Expect(200);
        Assert.Equal(29, client.Source.Quantity);
    }

    [Fact]
    public async Task An_add_on_can_be_active_only_with_its_base()
    {
        using var client = new Client("seed-mapping");
        var customer = client.Tenant.GetState().Customers.Single(candidate => candidate.CompanyName == "CRM Field Service add-on");
        var addOn = $"v1/customers/{customer.Id}/subscriptions/{customer.Subscriptions.Single(subscription => subscription.ParentSubscriptionId != null).Id}";
        var parent = $"v1/customers/{customer.Id}/subscriptions/{customer.Subscriptions.Single(subscription => subscription.ParentSubscriptionId == null).Id}";
        await SetStatus(client, addOn, "suspended", 200);
        await SetStatus(client, parent, "suspended", 200);
        _ = (await client.Patch(addOn, Client.With((await client.Get(addOn)).Json, ("status", "active")))).ExpectError(409, 27009);
        await SetStatus(client, parent, "active", 200);
        await SetStatus(client, addOn, "active", 200);
    }

    [Theory]
    [InlineData("billingCycle", "annual", 2054)]
    [InlineData("partnerId", "12", 900247)]
    [InlineData("partnerId", "abcdef", 900247)]
    [InlineData("id", "00000000-0000-0000-0000-000000000001", 3000)]
    public async Task A_member_that_does_not_belong_to_the_subscription_is_refused(string name, string value, int code)
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith((name, value)))).ExpectError(400, code);
    }

    [Fact]
    public async Task The_partner_of_record_can_be_set_on_a_base_but_not_on_an_add_on()
    {
        using var client = new Client("seed-mapping");
        var customer = client.Tenant.GetState().Customers.Single(candidate => candidate.CompanyName == "CRM Field Service add-on");
        foreach (var subscription in customer.Subscriptions)
        {
            var path = $"v1/customers/{customer.Id}/subscriptions/{subscription.Id}";
            var reply = await client.Patch(path, Client.With((await client.Get(path)).Json, ("partnerId", "4567890")));
            _ = subscription.ParentSubscriptionId == null ? reply.Expect(200) : reply.ExpectError(400, 800098);
        }

        Assert.Single((await client.Get($"v1/customers/{customer.Id}/subscriptions?mpn_id=4567890")).Items);
    }

    private static async Task SetStatus(Client client, string path, string status, int expected) =>
        _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("status", status)))).Expect(expected);

    private static async Task<int> ActiveUnits(Client client) =>
        (int)(await client.Get(client.CustomerPath + "/subscribedskus")).Items[0]!["activeUnits"]!;
}
