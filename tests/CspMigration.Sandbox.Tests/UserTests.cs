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
    public async Task Users_are_sorted_when_asked()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/users?size=5&sortField=DisplayName&sortDirection=Descending";
        var names = await Pages.All(client, path, user => (string)user["displayName"]!);
        Assert.Equal(names.OrderByDescending(name => name, StringComparer.OrdinalIgnoreCase), names);
        _ = (await client.Get(client.CustomerPath + "/users?sortField=Height")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task There_are_no_deleted_users_here()
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
    }

    [Fact]
    public async Task A_deleted_user_is_listed_apart_and_frees_the_licences()
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
