using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class UserTests
{
    [Fact]
    public async Task Users_are_listed_page_by_page()
    {
        using var client = new Client();
        var names = await Pages.All(client, client.CustomerPath + "/users?size=10", user => (string)user["userPrincipalName"]!);
        Assert.Equal(client.Customer.Users.Select(user => user.UserPrincipalName), names);
        Assert.Equal(23, names.Distinct().Count());
        Assert.Equal(23, (await client.Get(client.CustomerPath + "/users?size=500")).Items.Count);
        _ = (await client.Get(client.CustomerPath + "/users?size=501")).Expect(400);
    }

    [Fact]
    public async Task Users_are_sorted_on_request()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/users?size=5&sortField=DisplayName&sortDirection=Descending";
        var names = await Pages.All(client, path, user => (string)user["displayName"]!);
        Assert.Equal(names.OrderByDescending(name => name, StringComparer.OrdinalIgnoreCase), names);
        _ = (await client.Get(client.CustomerPath + "/users?sortField=Height")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task Contoso_has_no_deleted_users()
    {
        using var client = new Client();
        var filter = Uri.EscapeDataString("""{"Field":"UserState","Value":"Inactive","Operator":"equals"}""");
        Assert.Empty((await client.Get($"{client.CustomerPath}/users?filter={filter}")).Expect(200).Items);
        var wrong = Uri.EscapeDataString("""{"Field":"Shoes","Value":"Brown","Operator":"equals"}""");
        _ = (await client.Get($"{client.CustomerPath}/users?filter={wrong}")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_user_reads_as_documented_and_the_usage_location_can_be_set()
    {
        using var client = new Client();
        var path = $"{client.CustomerPath}/users/{client.Customer.Users[0].Id}";
        var user = (await client.Get(path)).Expect(200).Json;
        Assert.Equal("US", (string?)user["usageLocation"]);
        Assert.Equal("active", (string?)user["state"]);
        Assert.Equal("CustomerUser", (string?)user["attributes"]!["objectType"]);
        _ = (await client.Patch(path, new { UsageLocation = "de", attributes = new { objectType = "CustomerUser" } })).Expect(200);
        Assert.Equal("DE", client.Customer.Users[0].UsageLocation);
        _ = (await client.Patch(path, new { usageLocation = "Germany" })).ExpectError(400, 3000);
        _ = (await client.Patch(path, new { usageLocation = "XX" })).ExpectError(400, 3000);
        Assert.Equal("DE", client.Customer.Users[0].UsageLocation);
    }

    [Fact]
    public async Task Names_are_kept_as_they_are_sent()
    {
        using var client = new Client();
        const string Body = """
            {"UsageLocation":"us","Id":null,"UserPrincipalName":"roger@contoso.onmicrosoft.com","FirstName":"Roger","LastName":"Lund","DisplayName":"Roger (Sales)",
             "ImmutableId":null,"PasswordProfile":{"ForceChangePassword":true,"Password":"abCD123*"},"LastDirectorySyncTime":null,"State":"active","SoftDeletionTime":null}
            """;
        var created = (await client.Post(client.CustomerPath + "/users", Body)).Expect(201).Json;
        Assert.Equal(("Roger (Sales)", "Roger", "US"), ((string?)created["displayName"], (string?)created["firstName"], (string?)created["usageLocation"]));
        Assert.DoesNotContain("abCD123", created.ToJsonString(), StringComparison.Ordinal);
        var path = $"{client.CustomerPath}/users/{created["id"]}";
        var patched = (await client.Patch(path, new { FirstName = "Rosa", LastName = (string?)null, DisplayName = "Rosa Lund", UserPrincipalName = "rosa@contoso.onmicrosoft.com" })).Expect(200).Json;
        Assert.Equal(("Rosa", "Lund", "Rosa Lund"), ((string?)patched["firstName"], (string?)patched["lastName"], (string?)patched["displayName"]));
        _ = (await client.Patch(path, patched)).Expect(200);
        Assert.Equal("rosa@contoso.onmicrosoft.com", (string?)(await client.Get(path)).Json["userPrincipalName"]);
        Assert.Equal(2, (await client.Get("v1/auditrecords?startDate=2026-03-10&filter=" + Uri.EscapeDataString("""{"Field":"ResourceType","Value":"CustomerUser","Operator":"equals"}"""))).Items.Count(record => (string?)record!["operationType"] == "update_customer_user"));
    }

    [Theory]
    [InlineData("ada.abel@contoso.onmicrosoft.com")]
    [InlineData("Ada.Abel@Contoso.OnMicrosoft.com")]
    [InlineData("ada.abel")]
    [InlineData("@contoso.onmicrosoft.com")]
    public async Task A_sign_in_name_is_unique(string name)
    {
        using var client = new Client();
        Assert.Equal("ada.abel@contoso.onmicrosoft.com", client.Customer.Users[0].UserPrincipalName);
        _ = (await client.Post(client.CustomerPath + "/users", new { userPrincipalName = name, displayName = "Ada", usageLocation = "US" })).ExpectError(400, 3000);
        _ = (await client.Patch($"{client.CustomerPath}/users/{client.Customer.Users[1].Id}", new { userPrincipalName = name })).ExpectError(400, 3000);
    }

    [Fact]
    public async Task A_deleted_user_is_restored_within_thirty_days()
    {
        using var client = new Client();
        var user = client.Customer.Users.First(user => user.Licenses.Count > 0);
        var path = $"{client.CustomerPath}/users/{user.Id}";
        var body = new { State = "Active", Attributes = new { ObjectType = "CustomerUser" } };
        _ = (await client.Patch(path, new { State = "inactive" })).ExpectError(400, 3000);
        _ = (await client.Delete(path)).Expect(204);
        _ = (await client.Patch(path, new { usageLocation = "DE" })).ExpectError(404, 60002);
        var restored = (await client.Patch(path, body)).Expect(200).Json;
        Assert.Equal((user.UserPrincipalName, "active"), ((string?)restored["userPrincipalName"], (string?)restored["state"]));
        Assert.Null(restored["softDeletionTime"]);
        Assert.Equal(user.Licenses.Select(license => license.SkuId), client.Customer.Users.Single(other => other.Id == user.Id).Licenses.Select(license => license.SkuId));

        _ = (await client.Delete(path)).Expect(204);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(30));
        _ = (await client.Patch(path, body)).ExpectError(404, 60002);
        var filter = Uri.EscapeDataString("""{"Field":"UserState","Value":"Inactive","Operator":"equals"}""");
        Assert.Empty((await client.Get($"{client.CustomerPath}/users?filter={filter}")).Items);
    }

    [Fact]
    public async Task A_user_whose_name_was_taken_meanwhile_is_not_restored()
    {
        using var client = new Client();
        var user = client.Customer.Users[0];
        var path = $"{client.CustomerPath}/users/{user.Id}";
        _ = (await client.Delete(path)).Expect(204);
        _ = (await client.Post(client.CustomerPath + "/users", new { user.UserPrincipalName })).Expect(201);
        _ = (await client.Patch(path, new { state = "active" })).ExpectError(400, 3000);
    }

    [Fact]
    public async Task A_deleted_user_is_listed_apart_and_frees_the_licenses()
    {
        using var client = new Client();
        var (path, user) = ($"{client.CustomerPath}/users", client.Customer.Users.First(user => user.Licenses.Count > 0));
        var filter = Uri.EscapeDataString("""{"Field":"UserState","Value":"Inactive","Operator":"equals"}""");
        var consumed = await ConsumedAsync();

        _ = (await client.Delete($"{path}/{user.Id}")).Expect(204);

        Assert.Equal(user.Id, (string?)Assert.Single((await client.Get($"{path}?filter={filter}")).Expect(200).Items)!["id"]);
        Assert.Equal(consumed - 1, await ConsumedAsync());

        async Task<int> ConsumedAsync() => (await client.Get($"{client.CustomerPath}/subscribedskus")).Items
            .Single(sku => (string?)sku!["productSku"]!["id"] == user.Licenses[0].SkuId)!["consumedUnits"]!.GetValue<int>();
    }
}
