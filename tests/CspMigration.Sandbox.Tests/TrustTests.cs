using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class TrustTests
{
    [Fact]
    public async Task A_relationship_request_is_accepted_a_day_later()
    {
        using var client = new Client("edge-cases");
        var path = "v1/customers/" + client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == "Not a customer yet").Id;
        _ = (await client.Get(path)).ExpectError(404, 1000);
        var invitation = (await client.Get("v1/customers/relationshiprequests")).Expect(200).Json;
        Assert.Contains("11111111-1111-1111-1111-111111111111", (string?)invitation["url"], StringComparison.Ordinal);
        client.Tenant.AdvanceClock(TimeSpan.FromHours(23));
        _ = (await client.Get(path + "/subscriptions")).ExpectError(403, 20002);
        client.Tenant.AdvanceClock(TimeSpan.FromHours(1));
        _ = (await client.Get(path + "/subscriptions")).Expect(200);
        Assert.All(client.Tenant.GetState().Customers, customer => Assert.Equal("reseller", customer.Relationship));
    }

    [Fact]
    public async Task A_relationship_ends_only_without_active_subscriptions()
    {
        using var client = new Client();
        var body = new { relationshipToPartner = "none", attributes = new { objectType = "Customer" } };
        _ = (await client.Patch(client.CustomerPath, body)).ExpectError(400, 3000);
        _ = (await client.Patch(client.CustomerPath, new { relationshipToPartner = "advisor" })).ExpectError(400, 3000);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "suspended")))).Expect(200);
        _ = (await client.Patch(client.CustomerPath, body)).Expect(200);
        Assert.Equal("none", client.Customer.Relationship);
        Assert.Empty((await client.Get("v1/customers")).Items);
        _ = (await client.Get(client.CustomerPath)).ExpectError(404, 1000);
        _ = (await client.Get(client.CustomerPath + "/orders")).ExpectError(403, 20002);
    }

    [Fact]
    public async Task A_user_without_multiple_factors_is_refused_and_the_application_is_not()
    {
        using var client = new Client("contoso:mfa=missing");
        _ = (await client.Get("v1/customers")).ExpectError(401, 900421);
        var principal = Assert.Single((await client.Get("v1/nonMfaCompliantPartnerPrincipals")).Expect(200).Items)!;
        Assert.Equal("agent@sandboxpartner.onmicrosoft.com", (string?)principal["upn"]);
        client.Token = "app-only";
        _ = (await client.Get("v1/customers")).Expect(200);
        using var compliant = new Client();
        Assert.Empty((await compliant.Get("v1/nonMfaCompliantPartnerPrincipals")).Expect(200).Items);
    }

    [Fact]
    public async Task In_China_licenses_cannot_be_managed()
    {
        using var client = new Client("contoso:cloud=China");
        var user = $"{client.CustomerPath}/users/{client.Customer.Users[0].Id}";
        _ = (await client.Get(user)).Expect(200);
        _ = (await client.Get(user + "/licenses")).ExpectError(403, 0);
        _ = (await client.Get(client.CustomerPath + "/subscribedskus")).ExpectError(403, 0);
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, remove: [client.Source.SkuId])).ExpectError(403, 0);
        _ = (await client.Post(client.CustomerPath + "/users", new { userPrincipalName = "new@contoso.onmicrosoft.com" })).Expect(201);
    }

    [Fact]
    public async Task In_the_government_cloud_users_cannot_be_created()
    {
        using var client = new Client("contoso:cloud=USGovernment");
        _ = (await client.Post(client.CustomerPath + "/users", new { userPrincipalName = "new@contoso.onmicrosoft.com" })).ExpectError(403, 0);
        _ = (await client.Get(client.CustomerPath + "/subscribedskus")).Expect(200);
    }

    [Fact]
    public async Task A_user_can_be_created_elsewhere()
    {
        using var client = new Client();
        var body = new { UserPrincipalName = "new@contoso.onmicrosoft.com", FirstName = "New", LastName = "User", UsageLocation = "us" };
        var created = (await client.Post(client.CustomerPath + "/users", body)).Expect(201).Json;
        Assert.Equal("US", (string?)created["usageLocation"]);
        _ = (await client.Get($"{client.CustomerPath}/users/{created["id"]}")).Expect(200);
        _ = (await client.Post(client.CustomerPath + "/users", new { })).ExpectError(400, 3000);
    }

    [Fact]
    public async Task A_change_can_be_answered_with_202_and_a_location()
    {
        using var client = new Client("contoso:accepted=on");
        var reply = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)))).Expect(202);
        Assert.Equal("/" + client.SourcePath, reply.Header("Location"));
        Assert.Equal(30, (int)(await client.Get(client.SourcePath)).Json["quantity"]!);
    }

    [Fact]
    public async Task Changes_are_in_the_audit_records()
    {
        using var client = new Client();
        var order = (await client.Order(Offers.TeamMembers, 5)).Expect(201).Json;
        _ = (await client.Order(Offers.TeamMembers, 0)).Expect(400);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(2));
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, [Offers.TeamMembersSku])).Expect(201);
        var records = (await client.Get("v1/auditrecords?startDate=2026-03-10")).Expect(200).Items;
        Assert.Equal(["create_order", "update_subscription", "update_customer_user_licenses"], records.Select(record => (string)record!["operationType"]!));
        Assert.Contains((string)order["id"]!, (string?)records[0]!["resourceNewValue"], StringComparison.Ordinal);
        Assert.Equal("Contoso", (string?)records[0]!["customerName"]);
        Assert.Equal(2, (await client.Get("v1/auditrecords?startDate=2026-03-10&endDate=2026-03-10")).Items.Count);
        Assert.Equal(2, (await client.Get("v1/auditrecords?startDate=2026-03-10&size=2")).Items.Count);
        Assert.Single((await client.Get("v1/auditrecords?startDate=2026-03-10&filter=" + Filter("ResourceType", "license", "equals"))).Items);
        Assert.Equal(3, (await client.Get("v1/auditrecords?startDate=2026-03-10&filter=" + Filter("CompanyName", "toso", "substring"))).Items.Count);
        _ = (await client.Get("v1/auditrecords")).ExpectError(400, 800002);
        _ = (await client.Get("v1/auditrecords?startDate=2025-12-01")).ExpectError(400, 800002);
        _ = (await client.Get("v1/auditrecords?startDate=2026-03-10&filter=" + Filter("Color", "red", "equals"))).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_validated_address_is_no_write()
    {
        using var client = new Client();
        var body = new { AddressLine1 = "1 Sandbox Street", City = "Springfield", State = "WA", PostalCode = "98000", Country = "US" };
        Assert.Equal("VerifiedShippable", (string?)(await client.Post("v1/validations/address", body)).Expect(200).Json["status"]);
        Assert.Equal("None", (string?)(await client.Post("v1/validations/address", new { Country = "US" })).Expect(200).Json["status"]);
        _ = (await client.Post("v1/validations/address", new { Country = "Nowhere" })).ExpectError(400, 3000);
        Assert.Equal(0, client.Tenant.GetRequests().Writes);
    }

    private static string Filter(string field, string value, string op) =>
        Uri.EscapeDataString($$"""{"Field":"{{field}}","Value":"{{value}}","Operator":"{{op}}"}""");
}
