using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ControlTests
{
    [Fact]
    public async Task The_state_has_the_documented_shape()
    {
        using var client = new Client { Token = null };
        var customer = (await client.Get("sandbox/state")).Expect(200).Json["customers"]![0]!;
        Assert.Equal(
            ["id", "companyName", "country", "relationship", "subscriptions", "users", "orders", "groups"],
            customer.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["id", "offerId", "offerName", "friendlyName", "skuId", "quantity", "status", "autoRenewEnabled", "commitmentEndDate", "parentSubscriptionId",
                "productId", "termDuration", "endOfTerm", "scheduledActions"],
            customer["subscriptions"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["id", "userPrincipalName", "usageLocation", "licenses"], customer["users"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["skuId", "disabledPlans", "inheritedFromGroup", "assignedByGroup"], customer["users"]![0]!["licenses"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["id", "origin", "lineItems"], customer["orders"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["offerId", "subscriptionId", "quantity"], customer["orders"]![0]!["lineItems"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_the_controls_are_not()
    {
        using var client = new Client();
        var order = await client.Order(Offers.OperationsPlan, 20, "one", RequestIds.A);
        _ = order.Expect(201);
        _ = (await client.Order(Offers.OperationsPlan, 20, "one", RequestIds.A)).Expect(201);
        _ = await client.Get(client.SourcePath);
        var requests = (await client.Get("sandbox/requests")).Expect(200).Json;
        Assert.Equal(3, (int)requests["total"]!);
        Assert.Equal(1, (int)requests["writes"]!);
        Assert.Equal(0, (int)requests["throttled"]!);
        Assert.Equal(1, (int)requests["byRoute"]!["POST /v1/customers/{customerId}/orders"]!);
        Assert.Equal(1, (int)requests["byRoute"]!["GET /v1/customers/{customerId}/subscriptions/{subscriptionId}"]!);
        Assert.Empty(requests["signInClients"]!.AsArray());
        Assert.Equal(1, client.Tenant.GetRequests().Count("post /v1/customers/{customerId}/orders"));
    }

    [Fact]
    public async Task A_write_the_service_refuses_is_counted()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 1)).Expect(400);
        Assert.Equal(1, client.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_request_without_a_token_is_not_counted_as_carried_out()
    {
        using var client = new Client { Token = null };
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(401);
        Assert.Equal(0, client.Tenant.GetRequests().Writes);
        Assert.Empty(client.Tenant.GetRequests().ByRoute);
        Assert.Equal(1, client.Tenant.GetRequests().Total);
    }

    [Fact]
    public async Task A_reset_can_change_the_scenario()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("*", "*", "status:503", times: 100));
        client.Tenant.AdvanceClock(TimeSpan.FromDays(5));
        _ = await client.Get("v1/customers");
        _ = (await client.Post("sandbox/reset", new { scenario = "seed-mapping", seed = 7 })).Expect(200);
        Assert.Equal(10, (await client.Get("v1/customers")).Expect(200).Items.Count);
        Assert.Equal(1, client.Tenant.GetRequests().Total);
        Assert.Equal(client.Time.GetUtcNow(), client.Tenant.Now);
    }

    [Fact]
    public async Task A_reset_without_a_body_restarts_the_same_scenario()
    {
        using var client = new Client("contoso:legacyCommerce=closed", options => options.Seed = 5);
        var before = client.Source;
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)))).Expect(200);
        _ = (await client.Post("sandbox/reset", null)).Expect(200);
        Assert.Equal(before, client.Source);
        _ = (await client.Order(Offers.OperationsPlan, 20)).ExpectError(403, 2091);
    }

    [Fact]
    public async Task The_clock_moves_by_a_duration_or_to_a_moment()
    {
        using var client = new Client();
        var start = client.Tenant.Now;
        var reply = await client.Post("sandbox/clock", new { advance = "P91D" });
        Assert.Equal(start.AddDays(91), DateTimeOffset.Parse((string)reply.Expect(200).Json["now"]!, CultureInfo.InvariantCulture));
        _ = (await client.Post("sandbox/clock", new { now = "2027-01-01T00:00:00Z" })).Expect(200);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), client.Tenant.Now);
    }

    [Theory]
    [InlineData("clock", """{"advance":"soon"}""", "soon")]
    [InlineData("clock", """{"advance":"-P1D"}""", "forward")]
    [InlineData("clock", """{"now":"2001-01-01T00:00:00Z"}""", "forward")]
    [InlineData("clock", """{"now":"noon"}""", "noon")]
    [InlineData("clock", """{"advance":"P9000Y"}""", "9000")]
    [InlineData("clock", """{"advance":"P99999999Y"}""", "P99999999Y")]
    [InlineData("clock", """{}""", "advance")]
    [InlineData("clock", """{"advance":"P1D","now":"2030-01-01T00:00:00Z"}""", "either")]
    [InlineData("clock", """{"forward":"P1D"}""", "forward")]
    [InlineData("clock", "P1D", "JSON")]
    [InlineData("reset", """{"scenario":"fabrikam"}""", "contoso")]
    [InlineData("reset", """{"scenario":"contoso:x=1"}""", "legacyCommerce")]
    [InlineData("reset", """{"seed":"many"}""", "seed")]
    [InlineData("reset", """[]""", "object")]
    [InlineData("faults", """{}""", "list")]
    [InlineData("faults", """[1]""", "object")]
    [InlineData("faults", """[{"method":"GET"}]""", "action")]
    [InlineData("faults", """[{"action":"explode"}]""", "drop-before")]
    [InlineData("faults", """[{"action":"status:abc"}]""", "status:abc")]
    [InlineData("faults", """[{"action":"status:99"}]""", "status:99")]
    [InlineData("faults", """[{"action":"delay:"}]""", "delay:")]
    [InlineData("faults", """[{"action":"truncate:5"}]""", "truncate:5")]
    [InlineData("faults", """[{"action":"status:429;after=1"}]""", "after=1")]
    [InlineData("faults", """[{"action":"empty","route":"/v1/nowhere"}]""", "/v1/customers/{customerId}/orders")]
    [InlineData("faults", """[{"action":"empty","method":"FETCH"}]""", "PATCH")]
    [InlineData("faults", """[{"action":"empty","times":-1}]""", "negative")]
    [InlineData("faults", """[{"action":"empty","count":1}]""", "count")]
    public async Task An_invalid_control_is_refused_with_the_reason(string control, string body, string expected)
    {
        using var client = new Client();
        var reply = (await client.Post("sandbox/" + control, body)).Expect(400);
        Assert.Contains(expected, (string)reply.Json["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_control_is_answered_with_the_known_ones()
    {
        using var client = new Client();
        var reply = (await client.Send(HttpMethod.Delete, "sandbox/state")).Expect(404);
        Assert.Contains("GET /sandbox/state", (string)reply.Json["message"]!, StringComparison.Ordinal);
    }
}
