using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Microsoft Graph of the sandbox, as its documents describe it.</summary>
public class GraphTests
{
    private const string Select = "$select=id,licenseAssignmentStates";

    [Fact]
    public async Task A_token_is_for_the_customers_tenant_and_for_Graph_alone()
    {
        using var client = new Client();
        _ = (await client.Get("v1.0/users")).Expect(401);

        client.Token = await SignIn(client);

        Assert.Equal(client.Customer.Users.Count, (await client.Get("v1.0/users?$top=999")).Expect(200).Json["value"]!.AsArray().Count);
        _ = (await client.Get(client.CustomerPath + "/users")).Expect(401);
    }

    [Fact]
    public async Task A_refresh_token_serves_every_customers_tenant_and_is_spent_at_the_partners_own()
    {
        using var client = new Client();

        _ = await SignIn(client);
        _ = await SignIn(client);
        _ = (await Redeem(client, "11111111-1111-1111-1111-111111111111", "https://api.partnercenter.microsoft.com/.default")).Expect(200);

        _ = (await Redeem(client, client.Customer.Id)).Expect(400);
    }

    [Fact]
    public async Task Without_consent_no_token_is_issued()
    {
        using var client = new Client("contoso:graphConsent=none");

        Assert.Contains("AADSTS65001", (string?)(await Redeem(client, client.Customer.Id)).Expect(400).Json["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_to_read_does_not_suffice_to_write()
    {
        using var client = new Client("contoso:graphConsent=read");
        client.Token = await SignIn(client);

        _ = (await client.Get("v1.0/subscribedSkus")).Expect(200);
        Assert.Equal("Authorization_RequestDenied", Code((await Swap(client, client.Customer.Users[0].Id)).Expect(403).Json));
    }

    [Fact]
    public async Task Holders_come_in_pages_with_their_assignments()
    {
        using var client = new Client();
        client.Token = await SignIn(client);

        var first = (await client.Get($"v1.0/users?{Holders(client.Source.SkuId)}&$count=true&$top=15&{Select}", ("ConsistencyLevel", "eventual"))).Expect(200).Json;
        var next = new Uri((string)first["@odata.nextLink"]!);
        var second = (await client.Get(next.PathAndQuery.TrimStart('/'), ("ConsistencyLevel", "eventual"))).Expect(200).Json;

        Assert.Equal((20, 15, 5), ((int)first["@odata.count"]!, first["value"]!.AsArray().Count, second["value"]!.AsArray().Count));
        Assert.Null(second["@odata.nextLink"]);
        var user = client.Customer.Users[0];
        var state = Assert.Single(first["value"]![0]!["licenseAssignmentStates"]!.AsArray())!;
        Assert.Equal(user.Id, (string?)first["value"]![0]!["id"]);
        Assert.Equal((client.Source.SkuId, null), ((string?)state["skuId"], (string?)state["assignedByGroup"]));
        Assert.Equal(user.Licenses[0].DisabledPlans, state["disabledPlans"]!.AsArray().Select(plan => (string)plan!));
    }

    [Fact]
    public async Task The_index_lags_and_the_user_does_not()
    {
        using var client = new Client("contoso:graphIndexLag=PT2M");
        client.Token = await SignIn(client);
        _ = (await client.Post("v1.0/users/" + client.Customer.Users[0].Id + "/assignLicense", Change([], [client.Source.SkuId]))).Expect(200);

        Assert.Equal(20, await CountHolders(client));
        Assert.Empty((await client.Get($"v1.0/users/{client.Customer.Users[0].Id}?{Select}")).Json["licenseAssignmentStates"]!.AsArray());
        client.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(19, await CountHolders(client));
    }

    [Fact]
    public async Task A_repeated_swap_is_refused_and_changes_nothing()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        client.Provision();
        client.Token = await SignIn(client);
        var user = client.Customer.Users[0];

        _ = (await Swap(client, user.Id)).Expect(200);
        var repeated = (await Swap(client, user.Id)).Expect(400).Json;

        Assert.Equal("Request_BadRequest", Code(repeated));
        Assert.Equal(Offers.OperationsPlanSku, Assert.Single(client.Customer.Users[0].Licenses).SkuId);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Items_of_a_batch_have_their_own_answers_in_any_order()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        client.Provision();
        client.Token = await SignIn(client);
        client.Tenant.SetFaults(new SandboxFault("POST", "/v1.0/users/{userId}/assignLicense", "status:429;retry-after=0.249", 3, 2));
        var users = client.Customer.Users.Where(user => user.Licenses.Count > 0).ToList();

        var answers = (await Batch(client, users.Select(user => user.Id))).Expect(200).Json["responses"]!.AsArray();

        Assert.Equal(users.Select(user => user.Id).Order(), answers.Select(answer => (string)answer!["id"]!).Order());
        Assert.NotEqual(users.Select(user => user.Id), answers.Select(answer => (string)answer!["id"]!));
        Assert.Equal(2, answers.Count(answer => (int)answer!["status"]! == 429 && (string?)answer["headers"]!["Retry-After"] == "0.249"));
        Assert.Equal(18, answers.Count(answer => (int)answer!["status"]! == 200));
        Assert.Equal(18, client.Tenant.GetRequests().Count("batch POST /v1.0/users/{userId}/assignLicense"));
        Assert.Equal(1, client.Tenant.GetRequests().Count("POST /v1.0/$batch"));
    }

    [Fact]
    public async Task A_batch_has_twenty_items_at_most()
    {
        using var client = new Client();
        client.Token = await SignIn(client);

        _ = (await Batch(client, Enumerable.Range(1, 21).Select(number => $"{number}"))).Expect(400);
    }

    [Fact]
    public async Task Writes_are_limited_by_tenant()
    {
        using var client = new Client("contoso:graphWrites=5");
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        client.Provision();
        client.Token = await SignIn(client);

        var answers = (await Batch(client, client.Customer.Users.Where(user => user.Licenses.Count > 0).Select(user => user.Id))).Json["responses"]!.AsArray();
        Assert.Equal((5, 15), (answers.Count(answer => (int)answer!["status"]! == 200), answers.Count(answer => (int)answer!["status"]! == 429)));

        client.Time.Advance(TimeSpan.FromSeconds(150));
        _ = (await Swap(client, (string)answers.First(answer => (int)answer!["status"]! == 429)!["id"]!)).Expect(200);
    }

    [Fact]
    public async Task The_members_of_a_group_follow_its_licenses_in_the_background()
    {
        using var client = new Client("edge-cases", options => options.ProvisioningDelay = TimeSpan.FromMinutes(1));
        var customer = Customer(client, "Held by a group alone");
        _ = (await client.Order("v1/customers/" + customer.Id, Offers.EngagementPlan, 10, friendlyName: null)).Expect(201);
        client.Time.Advance(TimeSpan.FromMinutes(2));
        client.Token = await SignIn(client, customer.Id);
        var group = Assert.Single(customer.Groups);

        _ = (await client.Post($"v1.0/groups/{group.Id}/assignLicense", Change([Offers.EngagementPlanSku], [group.Licenses[0].SkuId]))).Expect(202);

        Assert.All(Customer(client, customer.CompanyName).Users, user => Assert.Equal(group.Licenses[0].SkuId, Assert.Single(user.Licenses).SkuId));
        client.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.All(Customer(client, customer.CompanyName).Users, user => Assert.Equal((Offers.EngagementPlanSku, true), (user.Licenses.Single().SkuId, user.Licenses.Single().InheritedFromGroup)));
    }

    [Fact]
    public async Task Who_joins_a_group_gets_its_licenses_in_the_background_and_who_leaves_it_loses_them()
    {
        using var client = new Client("edge-cases", options => options.ProvisioningDelay = TimeSpan.FromMinutes(1));
        var customer = Customer(client, "Nested group");
        client.Token = await SignIn(client, customer.Id);
        var sales = customer.Groups.Single(group => group.DisplayName == "Sales");
        var (joining, leaving) = (customer.Users.Single(user => user.Licenses.Count == 0).Id, sales.Members[0]);

        _ = (await client.Post($"v1.0/groups/{sales.Id}/members/$ref", Reference(joining))).Expect(204);
        _ = (await client.Delete($"v1.0/groups/{sales.Id}/members/{leaving}/$ref")).Expect(204);

        Assert.Equal([sales.Members[1], joining], Customer(client, "Nested group").Groups.Single(group => group.Id == sales.Id).Members);
        Assert.Empty(Licenses(joining));
        _ = Assert.Single(Licenses(leaving));
        client.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([sales.Id], Assert.Single(Licenses(joining)).AssignedByGroup);
        Assert.Empty(Licenses(leaving));

        IReadOnlyList<SandboxLicense> Licenses(string userId) => Customer(client, "Nested group").Users.Single(user => user.Id == userId).Licenses;
    }

    [Fact]
    public async Task A_member_cannot_be_added_twice_and_who_is_none_cannot_be_removed()
    {
        using var client = new Client("edge-cases");
        var customer = Customer(client, "Nested group");
        client.Token = await SignIn(client, customer.Id);
        var (sales, nested) = (customer.Groups.Single(group => group.DisplayName == "Sales"), customer.Groups.Single(group => group.DisplayName != "Sales"));
        var members = $"v1.0/groups/{sales.Id}/members";

        Assert.Contains("already exist", (string?)(await client.Post(members + "/$ref", Reference(sales.Members[0]))).Expect(400).Json["error"]!["message"], StringComparison.Ordinal);
        _ = (await client.Post(members + "/$ref", Reference(nested.Id))).Expect(400);
        _ = (await client.Post(members + "/$ref", Reference(Guid.NewGuid().ToString()))).Expect(404);
        _ = (await client.Post(members + "/$ref", new JsonObject())).Expect(400);
        _ = (await client.Delete($"{members}/{nested.Members[0]}/$ref")).Expect(404);
        _ = (await client.Delete($"{members}/{nested.Id}/$ref")).Expect(204);
        _ = (await client.Post(members + "/$ref", Reference(nested.Id))).Expect(204);
    }

    [Fact]
    public async Task The_members_of_a_group_follow_one_after_another()
    {
        using var client = new Client("edge-cases", options => options.ProvisioningDelay = TimeSpan.FromMinutes(6));
        var customer = Customer(client, "Held by a group alone");
        _ = (await client.Order("v1/customers/" + customer.Id, Offers.EngagementPlan, 10, friendlyName: null)).Expect(201);
        client.Time.Advance(TimeSpan.FromMinutes(10));
        client.Token = await SignIn(client, customer.Id);
        var group = Assert.Single(customer.Groups);

        _ = (await client.Post($"v1.0/groups/{group.Id}/assignLicense", Change([Offers.EngagementPlanSku], [group.Licenses[0].SkuId]))).Expect(202);
        client.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(4, Customer(client, customer.CompanyName).Users.Count(user => user.Licenses.Single().SkuId == Offers.EngagementPlanSku));
        Assert.Equal("ProcessingInProgress", (string?)(await client.Get("v1.0/groups/" + group.Id)).Expect(200).Json["licenseProcessingState"]!["state"]);
        client.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("ProcessingComplete", (string?)(await client.Get("v1.0/groups/" + group.Id)).Expect(200).Json["licenseProcessingState"]!["state"]);
    }

    [Fact]
    public async Task A_license_of_a_group_cannot_be_removed_from_a_member()
    {
        using var client = new Client("edge-cases");
        var customer = Customer(client, "Held by a group alone");
        client.Token = await SignIn(client, customer.Id);

        var refused = (await client.Post($"v1.0/users/{customer.Users[0].Id}/assignLicense", Change([], [customer.Subscriptions[0].SkuId]))).Expect(400).Json;

        Assert.Contains("inherited from a group", (string?)refused["error"]!["message"], StringComparison.Ordinal);
    }

    private static SandboxCustomer Customer(Client client, string name) => client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == name);

    private static JsonObject Reference(string id) => new() { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{id}" };

    private static string Holders(string skuId) => $"$filter=assignedLicenses/any(x:x/skuId%20eq%20{skuId})";

    private static string? Code(JsonNode body) => (string?)body["error"]!["code"];

    private static async Task<int> CountHolders(Client client) =>
        (int)(await client.Get($"v1.0/users?{Holders(client.Source.SkuId)}&$count=true&$top=999&{Select}", ("ConsistencyLevel", "eventual"))).Json["@odata.count"]!;

    private static JsonObject Change(string[] add, string[] remove) => new()
    {
        ["addLicenses"] = new JsonArray([.. add.Select(sku => new JsonObject { ["skuId"] = sku, ["disabledPlans"] = new JsonArray() })]),
        ["removeLicenses"] = new JsonArray([.. remove.Select(sku => JsonValue.Create(sku))]),
    };

    private static Task<Reply> Swap(Client client, string userId) =>
        client.Post($"v1.0/users/{userId}/assignLicense", Change([Offers.OperationsPlanSku], [client.Source.SkuId]));

    private static Task<Reply> Batch(Client client, IEnumerable<string> userIds) => client.Post("v1.0/$batch", new JsonObject
    {
        ["requests"] = new JsonArray([.. userIds.Select(id => new JsonObject
        {
            ["id"] = id,
            ["method"] = "POST",
            ["url"] = $"/users/{id}/assignLicense",
            ["headers"] = new JsonObject { ["Content-Type"] = "application/json" },
            ["body"] = Change([Offers.OperationsPlanSku], [client.Source.SkuId]),
        })]),
    });

    private static async Task<string> SignIn(Client client, string? tenantId = null) =>
        (string)(await Redeem(client, tenantId ?? client.Customer.Id)).Expect(200).Json["access_token"]!;

    private static Task<Reply> Redeem(Client client, string tenantId, string scope = "https://graph.microsoft.com/.default") =>
        client.Post(
            tenantId + "/oauth2/v2.0/token",
            $"grant_type=refresh_token&client_id={Guid.Empty}&refresh_token=first&scope={Uri.EscapeDataString(scope)}");
}
