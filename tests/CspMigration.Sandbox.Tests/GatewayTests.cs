using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class GatewayTests
{
    [Fact]
    public async Task The_gateway_refuses_a_request_without_a_bearer_token()
    {
        using var client = new Client { Token = null };
        var reply = (await client.Get("v1/customers")).Expect(401);
        Assert.Equal(401, (int)reply.Json["statusCode"]!);
        Assert.NotNull(reply.Json["message"]);
        _ = (await client.Get("v1/customers", ("Authorization", "Bearer  "))).Expect(401);
        _ = (await client.Get("v1/customers", ("Authorization", "Basic abc"))).Expect(401);
    }

    [Theory]
    [InlineData("v1/customers", 200)]
    [InlineData("v1/profiles/legalbusiness", 200)]
    [InlineData("v1/profiles/organization", 403)]
    [InlineData("v1/profiles/mpn?mpnId=4567890", 403)]
    [InlineData("{customer}", 200)]
    [InlineData("{customer}/subscriptions", 200)]
    [InlineData("{customer}/orders", 200)]
    [InlineData("{customer}/profiles/company", 403)]
    [InlineData("{customer}/users", 403)]
    [InlineData("{customer}/subscribedskus", 403)]
    [InlineData("{source}/provisioningstatus", 403)]
    [InlineData("{order}", 200)]
    [InlineData("{order}/provisioningstatus", 403)]
    [InlineData("v1/profiles/billing", 403)]
    [InlineData("v1/profiles/support", 403)]
    [InlineData("v1/agreements", 403)]
    [InlineData("{customer}/agreements?agreementType=*", 403)]
    [InlineData("{customer}/directSignedMicrosoftCustomerAgreementStatus", 403)]
    [InlineData("v1/nonMfaCompliantPartnerPrincipals", 403)]
    [InlineData("{customer}/profiles/billing", 200)]
    public async Task A_token_of_the_application_alone_is_refused_where_a_user_is_needed(string path, int status)
    {
        using var client = new Client { Token = "app-only-123" };
        var full = path.Replace("{customer}", client.CustomerPath, StringComparison.Ordinal)
            .Replace("{source}", client.SourcePath, StringComparison.Ordinal)
            .Replace("{order}", $"{client.CustomerPath}/orders/{client.Customer.Orders[0].Id}", StringComparison.Ordinal);
        var reply = (await client.Get(full)).Expect(status);
        if (status == 403)
        {
            _ = reply.ExpectError(403, 900329);
        }
    }

    [Fact]
    public async Task Request_ids_are_returned_and_missing_ones_generated()
    {
        using var client = new Client();
        var reply = await client.Get("v1/customers", RequestIds.A, ("MS-CorrelationId", "two"));
        Assert.Equal(RequestIds.A.Value, reply.Header("MS-RequestId"));
        Assert.Equal("two", reply.Header("MS-CorrelationId"));
        Assert.NotNull(reply.Header("MS-CV"));
        Assert.NotNull(reply.Header("MS-ServerId"));
        var other = await client.Get("v1/customers");
        Assert.True(Guid.TryParse(other.Header("MS-RequestId"), out _));
        Assert.NotEqual(other.Header("MS-RequestId"), (await client.Get("v1/customers")).Header("MS-RequestId"));
    }

    [Fact]
    public async Task Paths_queries_and_ids_are_found_in_any_casing()
    {
        using var client = new Client();
        var path = client.SourcePath.ToUpperInvariant();
        Assert.Equal(client.Source.Id, (string?)(await client.Get(path)).Expect(200).Json["id"]);
        _ = (await client.Get(client.SourcePath.ToLowerInvariant() + "/ADDONS/")).Expect(200);
        _ = (await client.Get("V1/OFFERS?COUNTRY=us&SIZE=3")).Expect(200);
    }

    [Theory]
    [InlineData("v1//customers?size=0")]
    [InlineData("//v1/customers//")]
    [InlineData("/v1//{customer}//subscriptions")]
    [InlineData("v1/countryvalidationrules//US/")]
    public async Task A_doubled_slash_is_served(string path)
    {
        using var client = new Client();
        _ = (await client.Get("https://partner-center.test/" + path.TrimStart('/').Replace("{customer}", "customers/" + client.Customer.Id, StringComparison.Ordinal))).Expect(200);
    }

    [Fact]
    public async Task A_next_link_with_a_doubled_slash_works()
    {
        using var client = new Client("scale:customers=3,subscriptions=1,users=0");
        var first = (await client.Get("v1/customers?size=2")).Expect(200).Json["links"]!["next"]!;
        var header = first["headers"]![0]!;
        var second = await client.Get("v1/" + (string)first["uri"]!, ((string)header["key"]!, (string)header["value"]!));
        Assert.Single(second.Expect(200).Items);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_id_that_is_no_guid_is_refused(string method)
    {
        using var client = new Client();
        var reply = await client.Send(new HttpMethod(method), client.CustomerPath + "/orders", body: null, ("MS-RequestId", "order-1"));
        _ = reply.ExpectError(400, 3000);
    }

    [Fact]
    public async Task An_unknown_path_or_method_has_the_gateways_error_shape()
    {
        using var client = new Client();
        Assert.Equal(404, (int)(await client.Get("v1/nothing/here")).Expect(404).Json["statusCode"]!);
        Assert.Equal(405, (int)(await client.Send(HttpMethod.Delete, "v1/customers")).Expect(405).Json["statusCode"]!);
    }

    [Theory]
    [InlineData("v1/customers/00000000-0000-0000-0000-00000000dead", 1000)]
    [InlineData("{customer}/subscriptions/none", 20003)]
    [InlineData("{customer}/orders/none", 20000)]
    [InlineData("{customer}/users/none", 60002)]
    [InlineData("v1/offers/none?country=US", 1000)]
    public async Task An_unknown_id_has_the_code_of_its_kind(string path, int code)
    {
        using var client = new Client();
        _ = (await client.Get(path.Replace("{customer}", client.CustomerPath, StringComparison.Ordinal))).ExpectError(404, code);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("""{"LineItems":5}""")]
    [InlineData("""{"LineItems":[{"LineItemNumber":0,"OfferId":"x","Quantity":"many"}]}""")]
    [InlineData("")]
    public async Task An_invalid_body_is_refused(string body)
    {
        using var client = new Client();
        _ = (await client.Post(client.CustomerPath + "/orders", body)).ExpectError(400, 800002);
    }

    [Fact]
    public async Task The_rate_limit_is_a_sliding_window_for_each_family()
    {
        using var client = new Client(configure: options => options.RateLimit = 3);
        var subscriptions = client.CustomerPath + "/subscriptions";
        _ = (await client.Get(subscriptions)).Expect(200);
        client.Time.Advance(TimeSpan.FromSeconds(20));
        _ = (await client.Get(subscriptions)).Expect(200);
        _ = (await client.Get(subscriptions)).Expect(200);
        client.Time.Advance(TimeSpan.FromSeconds(0.5));
        var refused = (await client.Get(subscriptions)).Expect(429);
        Assert.Equal("40", refused.Header("Retry-After"));
        Assert.Equal(429, (int)refused.Json["statusCode"]!);
        _ = (await client.Get(client.CustomerPath + "/orders")).Expect(200);
        _ = (await client.Get("v1/customers")).Expect(200);
        client.Time.Advance(TimeSpan.FromSeconds(39.5));
        _ = (await client.Get(subscriptions)).Expect(200);
        _ = (await client.Get(subscriptions)).Expect(429);
        Assert.Equal(2, client.Tenant.GetRequests().Throttled);
        Assert.Equal(4, client.Tenant.GetRequests().Count("GET /v1/customers/{customerId}/subscriptions"));
    }

    [Fact]
    public async Task A_throttled_request_can_be_sent_again_with_the_same_id()
    {
        using var client = new Client(configure: options => options.RateLimit = 1);
        _ = (await client.Get(client.CustomerPath + "/orders")).Expect(200);
        _ = (await client.Order(Offers.OperationsPlan, 20, null, RequestIds.A)).Expect(429);
        client.Time.Advance(TimeSpan.FromMinutes(1));
        _ = (await client.Order(Offers.OperationsPlan, 20, null, RequestIds.A)).Expect(201);
    }

    [Fact]
    public async Task Only_tolerant_clients_can_read_quirks()
    {
        using var client = new Client("contoso:quirks=on");
        var paths = new[] { "v1/customers", client.CustomerPath, client.CustomerPath + "/subscriptions", client.SourcePath, client.CustomerPath + "/users", client.CustomerPath + "/orders", "v1/offers?country=US", client.CustomerPath + "/subscribedskus" };
        var replies = await Task.WhenAll(paths.Select(path => client.Get(path)));
        Assert.Contains(replies, reply => reply.Bytes[0] == 0xEF);
        Assert.Contains(replies, reply => reply.Bytes[0] != 0xEF);
        var texts = replies.Select(reply => reply.Text.TrimStart('\uFEFF')).ToList();
        Assert.Contains(texts, text => text.StartsWith("{\"TotalCount\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("{\"totalCount\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"/v1/customers", StringComparison.Ordinal));
        var error = await client.Get(client.CustomerPath + "/users/none");
        Assert.Contains("\"60002\"", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_read_with_quirks_can_be_sent_back()
    {
        using var client = new Client("contoso:quirks=on");
        var resource = (await client.Get(client.SourcePath)).Text.TrimStart('\uFEFF');
        var changed = resource.Replace("uantity\":25", "uantity\":30", StringComparison.Ordinal);
        _ = (await client.Patch(client.SourcePath, changed)).Expect(200);
        Assert.Equal(30, client.Source.Quantity);
    }
}
