using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class CustomerTests
{
    [Fact]
    public async Task A_list_omits_the_country_that_a_single_customer_has()
    {
        using var client = new Client();
        var listed = Assert.Single((await client.Get("v1/customers")).Expect(200).Items)!;
        Assert.Equal("Contoso", (string?)listed["companyProfile"]!["companyName"]);
        Assert.Equal("contoso.onmicrosoft.com", (string?)listed["companyProfile"]!["domain"]);
        Assert.Equal("reseller", (string?)listed["relationshipToPartner"]);
        Assert.Null(listed["billingProfile"]);
        var customer = (await client.Get(client.CustomerPath)).Expect(200).Json;
        Assert.Equal("US", (string?)customer["billingProfile"]!["defaultAddress"]!["country"]);
        Assert.Equal("US", (string?)customer["companyProfile"]!["address"]!["country"]);
        Assert.NotNull(customer["billingProfile"]!["attributes"]!["etag"]);
        Assert.Equal("Customer", (string?)customer["attributes"]!["objectType"]);
    }

    [Theory]
    [InlineData("company")]
    [InlineData("billing")]
    public async Task A_customers_profiles_can_be_read(string profile)
    {
        using var client = new Client();
        Assert.Equal("Contoso", (string?)(await client.Get($"{client.CustomerPath}/profiles/{profile}")).Expect(200).Json["companyName"]);
    }

    [Theory]
    [InlineData("organization")]
    [InlineData("legalbusiness")]
    [InlineData("mpn")]
    [InlineData("billing")]
    [InlineData("support")]
    public async Task The_partners_own_profiles_can_be_read(string profile)
    {
        using var client = new Client();
        var reply = (await client.Get("v1/profiles/" + profile)).Expect(200);
        Assert.NotNull(reply.Json["profileType"]);
    }

    [Fact]
    public async Task A_partner_id_is_valid_where_its_profile_can_be_read()
    {
        using var client = new Client();
        Assert.Equal("1234567", (string?)(await client.Get("v1/profiles/mpn")).Json["mpnId"]);
        Assert.Equal("4567890", (string?)(await client.Get("v1/profiles/mpn?mpnId=4567890")).Expect(200).Json["mpnId"]);
        _ = (await client.Get("v1/profiles/mpn?mpnId=12")).ExpectError(404, 1000);
    }

    [Fact]
    public async Task The_partner_has_its_tenant_id_and_its_country()
    {
        using var client = new Client();
        Assert.Equal("11111111-1111-1111-1111-111111111111", (string?)(await client.Get("v1/profiles/organization")).Json["tenantId"]);
        Assert.Equal("US", (string?)(await client.Get("v1/profiles/legalbusiness")).Json["address"]!["country"]);
    }

    [Fact]
    public async Task The_next_page_has_its_token_in_the_body_and_in_the_link()
    {
        using var client = new Client("scale:customers=23,subscriptions=1,users=0");
        var first = (await client.Get("v1/customers?size=10")).Expect(200);
        Assert.Equal(10, (int)first.Json["totalCount"]!);
        var token = (string)first.Json["continuationToken"]!;
        var next = first.Json["links"]!["next"]!;
        Assert.Equal("MS-ContinuationToken", (string?)next["headers"]![0]!["key"]);
        Assert.Equal(token, (string?)next["headers"]![0]!["value"]);
        var second = (await client.Get("v1/customers?size=10&seekOperation=Next", ("MS-ContinuationToken", token))).Expect(200);
        var third = (await client.Get("v1/customers?size=10&seekOperation=Next", ("MS-ContinuationToken", (string)second.Json["continuationToken"]!))).Expect(200);
        Assert.Equal(3, third.Items.Count);
        Assert.Null(third.Json["continuationToken"]);
        Assert.Null(third.Json["links"]!["next"]);
        var ids = new[] { first, second, third }.SelectMany(page => page.Items).Select(item => (string)item!["id"]!);
        Assert.Equal(client.Tenant.GetState().Customers.Select(customer => customer.Id), ids);
    }

    [Fact]
    public async Task A_page_has_a_hundred_items_by_default_and_five_hundred_at_most()
    {
        using var client = new Client("scale:customers=120,subscriptions=1,users=0");
        Assert.Equal(100, (await client.Get("v1/customers")).Items.Count);
        Assert.Equal(100, (await client.Get("v1/customers?size=0")).Items.Count);
        Assert.Equal(120, (await client.Get("v1/customers?size=500")).Items.Count);
        _ = (await client.Get("v1/customers?size=501")).ExpectError(400, 800002);
        _ = (await client.Get("v1/customers?size=all")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_continuation_token_is_valid_only_for_its_size_and_filter()
    {
        using var client = new Client("scale:customers=30,subscriptions=1,users=0");
        var token = (string)(await client.Get("v1/customers?size=10")).Json["continuationToken"]!;
        _ = (await client.Get("v1/customers?size=20&seekOperation=Next", ("MS-ContinuationToken", token))).ExpectError(400, 800002);
        _ = (await client.Get("v1/customers?size=10&seekOperation=Next")).ExpectError(400, 800002);
        _ = (await client.Get("v1/customers?size=10", ("MS-ContinuationToken", token))).ExpectError(400, 800002);
        _ = (await client.Get("v1/customers?size=10&seekOperation=Next", ("MS-ContinuationToken", "nonsense"))).ExpectError(400, 800002);
    }

    [Theory]
    [InlineData("CompanyName", "ax t", 1)]
    [InlineData("companyname", "CRM", 6)]
    [InlineData("Domain", "crmonline", 4)]
    [InlineData("Domain", "nobody", 0)]
    [InlineData("IndirectReseller", "nobody", 0)]
    public async Task Customers_are_found_by_the_beginning_of_name_or_domain(string field, string value, int found)
    {
        using var client = new Client("seed-mapping");
        var filter = Uri.EscapeDataString($$"""{"Field":"{{field}}","Value":"{{value}}","Operator":"starts_with"}""");
        Assert.Equal(found, (await client.Get("v1/customers?size=500&filter=" + filter)).Expect(200).Items.Count);
    }

    [Fact]
    public async Task A_filtered_list_is_paged_with_its_filter()
    {
        using var client = new Client("seed-mapping");
        var filter = Uri.EscapeDataString("""{"Field":"CompanyName","Value":"CRM","Operator":"starts_with"}""");
        var names = await Pages.All(client, "v1/customers?size=2&filter=" + filter, item => (string)item["companyProfile"]!["companyName"]!);
        Assert.Equal(6, names.Count);
        Assert.All(names, name => Assert.StartsWith("CRM", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Field":"City","Value":"x","Operator":"starts_with"}""")]
    [InlineData("""{"Field":"Domain","Value":"x","Operator":"equals"}""")]
    [InlineData("""{"Field":"Domain","Operator":"starts_with"}""")]
    [InlineData("Domain")]
    public async Task An_invalid_filter_is_refused(string filter)
    {
        using var client = new Client();
        _ = (await client.Get("v1/customers?filter=" + Uri.EscapeDataString(filter))).ExpectError(400, 800002);
    }
}
