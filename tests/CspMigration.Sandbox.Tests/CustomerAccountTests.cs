using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Customers created and deleted by the API, and their resources other than subscriptions.</summary>
public class CustomerAccountTests
{
    private const string Agreement = """
        {"primaryContact":{"firstName":"Test","lastName":"Test","email":"test@outlook.com"},"templateId":"117a77b0-9360-443b-8795-c6dedc750cf9",
         "dateAgreed":"2026-03-10T00:00:00Z","type":"MicrosoftCustomerAgreement"}
        """;

    [Fact]
    public async Task A_customer_is_created_and_can_buy_once_the_agreement_is_confirmed()
    {
        using var client = new Client();
        var created = (await client.Post("v1//customers", Customer())).Expect(201).Json;
        Assert.Equal("admin", (string?)created["userCredentials"]!["userName"]);
        Assert.NotNull((string?)created["userCredentials"]!["password"]);
        var path = "v1/customers/" + created["id"];
        var read = (await client.Get(path)).Expect(200).Json;
        Assert.Equal(("xyz.ccsctp.net", "reseller"), ((string?)read["companyProfile"]!["domain"], (string?)read["relationshipToPartner"]));
        Assert.Equal(("en-US", "Redmond", "WA"), ((string?)read["billingProfile"]!["culture"], (string?)read["billingProfile"]!["defaultAddress"]!["city"], (string?)read["billingProfile"]!["defaultAddress"]!["state"]));
        Assert.Null(read["userCredentials"]);
        Assert.Equal(2, (await client.Get("v1/customers")).Items.Count);
        Assert.Equal("admin@xyz.ccsctp.net", (string?)Assert.Single((await client.Get(path + "/users")).Expect(200).Items)!["userPrincipalName"]);
        _ = (await client.Order(path, Offers.TeamMembers, 5, null)).ExpectError(403, 13605);
        _ = (await client.Post(path + "/agreements", Agreement)).Expect(201);
        _ = (await client.Order(path, Offers.TeamMembers, 5, null)).Expect(201);
        Assert.Equal("add_customer", (string?)(await client.Get("v1/auditrecords?startDate=2026-03-10")).Items[0]!["operationType"]);
        Assert.Equal(["Contoso", "test company"], client.Tenant.GetState().Customers.Select(customer => customer.CompanyName));
    }

    [Fact]
    public async Task A_customer_sent_twice_with_one_request_id_is_created_once()
    {
        using var client = new Client();
        var first = (await client.Post("v1/customers", Customer(), RequestIds.A)).Expect(201);
        Assert.Equal(first.Text, (await client.Post("v1/customers", Customer(), RequestIds.A)).Expect(201).Text);
        _ = (await client.Post("v1/customers", Customer(), RequestIds.B)).ExpectError(400, 3000);
        Assert.Equal(2, client.Tenant.GetState().Customers.Count);
    }

    [Theory]
    [InlineData("CompanyProfile", "Domain", null, 3000)]
    [InlineData("CompanyProfile", "Domain", "CONTOSO.onmicrosoft.com", 3000)]
    [InlineData("CompanyProfile", "Domain", "no domain", 3000)]
    [InlineData("BillingProfile", "Email", "", 3000)]
    [InlineData("BillingProfile", "Culture", "English", 3000)]
    [InlineData("BillingProfile", "Language", null, 3000)]
    [InlineData("BillingProfile", "CompanyName", null, 3000)]
    [InlineData("DefaultAddress", "Country", "XX", 3000)]
    [InlineData("DefaultAddress", "Country", null, 3000)]
    [InlineData("DefaultAddress", "State", "Bavaria", 3000)]
    [InlineData("DefaultAddress", "PostalCode", "12", 3000)]
    [InlineData("DefaultAddress", "City", null, 3000)]
    public async Task A_customer_without_required_members_is_not_created(string part, string member, string? value, int code)
    {
        using var client = new Client();
        var customer = Customer();
        (part == "DefaultAddress" ? customer["BillingProfile"]!["DefaultAddress"]! : customer[part]!)[member] = value;
        _ = (await client.Post("v1/customers", customer)).ExpectError(400, code);
        Assert.Single(client.Tenant.GetState().Customers);
    }

    [Fact]
    public async Task A_customer_in_another_country_is_not_created()
    {
        using var client = new Client();
        var customer = Customer();
        var address = customer["BillingProfile"]!["DefaultAddress"]!;
        (address["Country"], address["State"], address["PostalCode"]) = ("ca", "BC", "V5K 0A1");
        _ = (await client.Post("v1/customers", customer)).ExpectError(403, 2030);
    }

    [Fact]
    public async Task A_customer_is_deleted_with_all_it_has()
    {
        using var client = new Client();
        var path = client.CustomerPath;
        _ = (await client.Delete(path)).Expect(204);
        Assert.Empty((await client.Get("v1/customers")).Items);
        _ = (await client.Get(path)).ExpectError(404, 1000);
        _ = (await client.Get(path + "/subscriptions")).ExpectError(404, 1000);
        Assert.Empty(client.Tenant.GetState().Customers);
        _ = (await client.Send(HttpMethod.Head, "v1/domains/contoso.onmicrosoft.com")).Expect(404);
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com", 200)]
    [InlineData("CONTOSO.onmicrosoft.com", 200)]
    [InlineData("sandboxpartner.onmicrosoft.com", 200)]
    [InlineData("fabrikam.onmicrosoft.com", 404)]
    public async Task A_domain_is_taken_or_free(string domain, int status)
    {
        using var client = new Client { Token = "app-only" };
        var reply = (await client.Send(HttpMethod.Head, "v1/domains/" + domain)).Expect(status);
        Assert.Empty(reply.Bytes);
        _ = (await client.Get("v1/domains/" + domain)).Expect(405);
    }

    [Fact]
    public async Task A_domain_can_be_checked_over_a_socket()
    {
        using var server = await ServerProcess.Start("--scenario", "contoso");
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "any");
        foreach (var (domain, status) in new[] { ("contoso.onmicrosoft.com", 200), ("fabrikam.onmicrosoft.com", 404) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, "v1//domains/" + domain);
            using var response = await http.SendAsync(request);
            Assert.Equal((status, 0), ((int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length));
        }
    }

    [Fact]
    public async Task A_billing_profile_is_replaced_as_a_whole_with_its_current_etag()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/profiles/billing";
        var profile = (await client.Get(path)).Expect(200).Json;
        var stale = profile.DeepClone();
        profile["companyName"] = "Contoso Ltd";
        profile["defaultAddress"]!["region"] = null;
        profile["defaultAddress"]!["city"] = "Redmond";
        var replaced = (await client.Put(path, profile)).Expect(200).Json;
        Assert.Equal(("Contoso Ltd", "Redmond"), ((string?)replaced["companyName"], (string?)replaced["defaultAddress"]!["city"]));
        Assert.NotEqual((string?)stale["attributes"]!["etag"], (string?)replaced["attributes"]!["etag"]);
        Assert.Equal("Contoso Ltd", (string?)(await client.Get(client.CustomerPath)).Json["billingProfile"]!["companyName"]);
        _ = (await client.Put(path, stale.DeepClone())).ExpectError(400, 2055);
        _ = (await client.Put(path, Client.With(stale.DeepClone(), ("attributes", null)))).ExpectError(400, 2055);
        _ = (await client.Put(path, Client.With(stale.DeepClone(), ("attributes", null)), ("If-Match", $"\"{replaced["attributes"]!["etag"]}\""))).Expect(200);
        var moved = (await client.Get(path)).Json;
        (moved["defaultAddress"]!["country"], moved["defaultAddress"]!["state"], moved["defaultAddress"]!["postalCode"]) = ("CA", "BC", "V5K 0A1");
        _ = (await client.Put(path, moved)).ExpectError(400, 3000);
    }

    [Fact]
    public async Task The_validation_status_needs_a_type()
    {
        using var client = new Client();
        var status = (await client.Get(client.CustomerPath + "/validationStatus?type=Account")).Expect(200).Json;
        Assert.Equal(("account", "Allowed"), ((string?)status["type"], (string?)status["status"]));
        _ = (await client.Get(client.CustomerPath + "/validationStatus")).ExpectError(400, 800002);
        _ = (await client.Get(client.CustomerPath + "/validationStatus?type=credit")).ExpectError(400, 800002);
        client.Token = "app-only";
        _ = (await client.Get(client.CustomerPath + "/validationStatus?type=account")).ExpectError(403, 900329);
    }

    [Theory]
    [InlineData("IsIndirectCloudSolutionProviderOf", 2)]
    [InlineData("is_indirect_cloud_solution_provider_of", 2)]
    [InlineData("IsIndirectResellerOf", 0)]
    public async Task The_partner_has_resellers(string type, int count)
    {
        using var client = new Client();
        var items = (await client.Get("v1/relationships?relationship_type=" + type)).Expect(200).Items;
        Assert.Equal(count, items.Count);
        Assert.All(items, item => Assert.Equal(("is_indirect_cloud_solution_provider_of", "Active"), ((string?)item!["relationshipType"], (string?)item["state"])));
    }

    [Fact]
    public async Task Resellers_are_found_by_type_and_name()
    {
        using var client = new Client();
        _ = (await client.Get("v1/relationships")).ExpectError(400, 800002);
        _ = (await client.Get("v1/relationships?relationship_type=Friends")).ExpectError(400, 800002);
        var filter = System.Uri.EscapeDataString("""{"Field":"name","Value":"4567","Operator":"Substring"}""");
        Assert.Single((await client.Get("v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf&filter=" + filter)).Expect(200).Items);
    }

    [Fact]
    public async Task A_customer_has_the_resellers_on_record_for_its_subscriptions()
    {
        using var client = new Client("edge-cases");
        string Path(string name) => "v1/customers/" + client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == name).Id;
        var reseller = Assert.Single((await client.Get(Path("Reseller of record") + "/relationships")).Expect(200).Items)!;
        Assert.Equal("4567890", (string?)reseller["mpnId"]);
        Assert.Empty((await client.Get(Path("Reseller no longer valid") + "/relationships")).Items);
        Assert.Empty((await client.Get(Path("Paid for the year") + "/relationships")).Items);
    }

    [Theory]
    [InlineData("US", "en-US", 51)]
    [InlineData("us", "en-US", 51)]
    [InlineData("CA", "en-CA", 13)]
    [InlineData("DE", "de-DE", 0)]
    [InlineData("JP", "ja-JP", 0)]
    public async Task A_country_has_rules_for_addresses(string country, string culture, int states)
    {
        using var client = new Client { Token = "app-only" };
        var rules = (await client.Get("v1/countryvalidationrules/" + country)).Expect(200).Json;
        Assert.Equal((country.ToUpperInvariant(), culture), ((string?)rules["iso2Code"], (string?)rules["defaultCulture"]));
        Assert.Equal(states, rules["supportedStatesList"]!.AsArray().Count);
        Assert.Equal(states > 0, (bool)rules["isStateRequired"]!);
        Assert.NotEmpty(rules["countryCallingCodesList"]!.AsArray());
        _ = (await client.Get("v1/countryvalidationrules/XX")).ExpectError(404, 1000);
    }

    [Theory]
    [InlineData("v1/invoices")]
    [InlineData("v1/invoices/T000001234/lineitems/onetime/billinglineitems")]
    [InlineData("v1/usagesummary")]
    [InlineData("v1/customers/usagerecords")]
    [InlineData("{customer}/usagebudget")]
    [InlineData("{customer}/subscriptions/usagerecords")]
    [InlineData("{customer}/subscriptions/overage")]
    [InlineData("{customer}/subscriptions/{any}/utilizations/azure")]
    [InlineData("{customer}/policies")]
    [InlineData("{customer}/policies/{any}")]
    [InlineData("{customer}/entitlements")]
    [InlineData("v1/servicerequests")]
    [InlineData("v1/servicerequests/supporttopics")]
    [InlineData("{customer}/servicerequests/{any}")]
    [InlineData("v1/customers/all/validations")]
    public async Task A_route_that_is_not_modeled_is_refused_and_not_taken_for_an_id(string path)
    {
        using var client = new Client();
        var full = path.Replace("{customer}", client.CustomerPath, System.StringComparison.Ordinal).Replace("{any}", "5d1c", System.StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete })
        {
            var reply = (await client.Send(method, full)).ExpectError(501, 0);
            Assert.Contains("docs/partner-center.md", (string?)reply.Json["description"], System.StringComparison.Ordinal);
        }

        Assert.Equal(0, client.Tenant.GetRequests().Writes);
        client.Token = null;
        _ = (await client.Get(full)).Expect(401);
    }

    [Fact]
    public async Task The_partners_own_profiles_are_read_and_not_changed()
    {
        using var client = new Client();
        _ = (await client.Put("v1/profiles/support", new { })).ExpectError(501, 0);
        _ = (await client.Get("v1/profiles/support")).Expect(200);
    }

    private static JsonObject Customer() => (JsonObject)JsonNode.Parse("""
        {"enableGDAPByDefault":false,"Id":null,"CommerceId":null,"CompanyProfile":{"Domain":"XYZ.ccsctp.net","TenantId":null},
         "BillingProfile":{"Culture":"EN-US","Email":"test@outlook.com","Language":"en","CompanyName":"test company","FirstName":null,
          "DefaultAddress":{"FirstName":"Test","LastName":"Test","AddressLine1":"One Microsoft Way","AddressLine2":null,"City":"Redmond","State":"WA","PostalCode":"98052","Country":"us"}},
         "RelationshipToPartner":"none","UserCredentials":null}
        """)!;
}
