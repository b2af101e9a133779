using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class LicenseTests
{
    [Fact]
    public async Task A_users_licenses_show_which_plans_are_switched_off()
    {
        using var client = new Client();
        var user = client.Customer.Users[0];
        var license = Assert.Single((await client.Get($"{client.CustomerPath}/users/{user.Id}/licenses")).Expect(200).Items)!;
        Assert.Equal(client.Source.SkuId, (string?)license["productSku"]!["id"]);
        Assert.Equal("group1", (string?)license["productSku"]!["licenseGroupId"]);
        var off = license["servicePlans"]!.AsArray().Where(plan => (string?)plan!["capabilityStatus"] == "Disabled").Select(plan => (string)plan!["id"]!);
        Assert.Equal(user.Licenses[0].DisabledPlans, off);
        Assert.Contains(license["servicePlans"]!.AsArray(), plan => (string?)plan!["capabilityStatus"] == "Assigned");
    }

    [Fact]
    public async Task Only_the_requested_license_groups_are_returned()
    {
        using var client = new Client();
        var path = $"{client.CustomerPath}/users/{client.Customer.Users[0].Id}/licenses";
        Assert.Empty((await client.Get(path + "?licenseGroupIds=Group2")).Items);
        Assert.Single((await client.Get(path + "?licenseGroupIds=Group1&licenseGroupIds=Group2")).Items);
        Assert.Empty((await client.Get(client.CustomerPath + "/subscribedskus?licenseGroupIds=group2")).Items);
    }

    [Fact]
    public async Task Subscribed_SKUs_show_their_units()
    {
        using var client = new Client();
        var sku = Assert.Single((await client.Get(client.CustomerPath + "/subscribedskus")).Expect(200).Items)!;
        Assert.Equal(
            (25, 25, 20, 5, 0, 0),
            ((int)sku["totalUnits"]!, (int)sku["activeUnits"]!, (int)sku["consumedUnits"]!, (int)sku["availableUnits"]!, (int)sku["suspendedUnits"]!, (int)sku["warningUnits"]!));
        Assert.Equal("AX_ENTERPRISE_USER", (string?)sku["productSku"]!["skuPartNumber"]);
        Assert.Equal("User", (string?)sku["productSku"]!["targetType"]);
        Assert.Equal("Enabled", (string?)sku["capabilityStatus"]);
    }

    [Fact]
    public async Task All_subscriptions_of_a_sku_are_one_pool()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.TeamMembers, 3)).Expect(201);
        _ = (await client.Order(Offers.TeamMembers, 4)).Expect(201);
        client.Provision();
        var users = client.Customer.Users;
        foreach (var user in users.Take(7))
        {
            _ = (await client.UpdateLicenses(user.Id, [Offers.TeamMembersSku])).Expect(201);
        }

        _ = (await client.UpdateLicenses(users[7].Id, [Offers.TeamMembersSku])).ExpectError(400, 60012);
        var path = $"{client.CustomerPath}/subscriptions/{client.Subscription(Offers.TeamMembers).Id}";
        _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("status", "suspended")))).Expect(200);
        var pool = await Pool(client, Offers.TeamMembersSku);
        Assert.Equal((3, 4, 7, -4), (pool["activeUnits"], pool["suspendedUnits"], pool["consumedUnits"], pool["availableUnits"]));
        _ = (await client.UpdateLicenses(users[0].Id, remove: [Offers.TeamMembersSku])).Expect(201);
        _ = (await client.UpdateLicenses(users[8].Id, [Offers.TeamMembersSku])).ExpectError(400, 60012);
    }

    [Fact]
    public async Task One_update_assigns_and_removes_at_once()
    {
        using var client = await WithTarget();
        var user = client.Customer.Users[1];
        var reply = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku.ToUpperInvariant()], [client.Source.SkuId])).Expect(201).Json;
        Assert.Equal(Offers.OperationsPlanSku, (string?)reply["licensesToAssign"]![0]!["skuId"]);
        Assert.Equal(client.Source.SkuId, (string?)reply["licensesToRemove"]![0]);
        Assert.Empty(reply["licenseWarnings"]!.AsArray());
        Assert.Equal(Offers.OperationsPlanSku, Assert.Single(client.Customer.Users[1].Licenses).SkuId);
        Assert.Equal(19, (await Pool(client, client.Source.SkuId))["consumedUnits"]);
        Assert.Equal(1, (await Pool(client, Offers.OperationsPlanSku))["consumedUnits"]);
    }

    [Fact]
    public async Task Plans_can_be_switched_off_with_the_assignment_and_changed_later()
    {
        using var client = await WithTarget();
        var user = client.Customer.Users[1];
        var plans = (await client.Get(client.CustomerPath + "/subscribedskus")).Items.Single(sku => (string?)sku!["productSku"]!["id"] == Offers.OperationsPlanSku)!["servicePlans"]!.AsArray();
        var plan = (string)plans[0]!["id"]!;
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku], excludedPlans: [plan])).Expect(201);
        Assert.Equal([plan], Target(client).DisabledPlans);
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku])).Expect(201);
        Assert.Empty(Target(client).DisabledPlans);
        Assert.Equal(1, (await Pool(client, Offers.OperationsPlanSku))["consumedUnits"]);
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku], excludedPlans: ["00000000-5a4d-4000-9000-000000000030"])).ExpectError(400, 3000);

        static SandboxLicense Target(Client client) => client.Customer.Users[1].Licenses.Single(license => license.SkuId == Offers.OperationsPlanSku);
    }

    [Fact]
    public async Task An_update_is_carried_out_as_a_whole_or_not_at_all()
    {
        using var client = await WithTarget();
        var user = client.Customer.Users[1];
        _ = (await client.UpdateLicenses(user.Id, [Offers.OperationsPlanSku], [client.Source.SkuId, Offers.TeamMembersSku])).Expect(400);
        Assert.Equal(client.Source.SkuId, Assert.Single(client.Customer.Users[1].Licenses).SkuId);
        _ = (await client.UpdateLicenses(user.Id, [Offers.TeamMembersSku], [client.Source.SkuId])).ExpectError(400, 3000);
        Assert.Equal(client.Source.SkuId, Assert.Single(client.Customer.Users[1].Licenses).SkuId);
    }

    [Theory]
    [InlineData("""{}""", 800002)]
    [InlineData("""{"licensesToAssign":[{}]}""", 3000)]
    [InlineData("""{"licensesToAssign":[{"skuId":"00000000-0000-0000-0000-000000000001"}]}""", 3000)]
    [InlineData("""{"licensesToAssign":[{"skuId":"@"}],"licensesToRemove":["@"]}""", 800002)]
    [InlineData("""{"licensesToRemove":["00000000-0000-0000-0000-000000000001"]}""", 0)]
    public async Task An_invalid_update_is_refused(string body, int code)
    {
        using var client = new Client();
        var path = $"{client.CustomerPath}/users/{client.Customer.Users[0].Id}/licenseupdates";
        _ = (await client.Post(path, body.Replace("@", client.Source.SkuId, StringComparison.Ordinal))).ExpectError(400, code);
    }

    [Fact]
    public async Task A_device_SKU_cannot_be_assigned_to_a_user()
    {
        using var client = new Client();
        var body = new
        {
            BillingCycle = "monthly",
            LineItems = new[]
            {
                new { LineItemNumber = 0, OfferId = Offers.OperationsPlan, Quantity = 20 },
                new { LineItemNumber = 1, OfferId = Offers.Storage, Quantity = 2 },
            },
        };
        _ = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201);
        client.Provision();
        var sku = client.Subscription(Offers.Storage).SkuId;
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, [sku])).ExpectError(400, 3000);
    }

    [Fact]
    public async Task Seats_that_are_not_provisioned_yet_cannot_be_assigned()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(201);
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, [Offers.OperationsPlanSku])).ExpectError(400, 60012);
    }

    [Fact]
    public async Task Concurrent_updates_never_use_more_seats_than_there_are()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.TeamMembers, 10)).Expect(201);
        client.Provision();
        var replies = await Task.WhenAll(client.Customer.Users.Select(user => Task.Run(() => client.UpdateLicenses(user.Id, [Offers.TeamMembersSku]))));
        Assert.Equal(10, replies.Count(reply => reply.Status == 201));
        Assert.Equal(10, (await Pool(client, Offers.TeamMembersSku))["consumedUnits"]);
    }

    private static async Task<Client> WithTarget()
    {
        var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        client.Provision();
        return client;
    }

    private static async Task<Dictionary<string, int>> Pool(Client client, string skuId)
    {
        var sku = (await client.Get(client.CustomerPath + "/subscribedskus")).Items.Single(item => (string?)item!["productSku"]!["id"] == skuId)!;
        return sku.AsObject().Where(member => member.Key.EndsWith("Units", StringComparison.Ordinal)).ToDictionary(member => member.Key, member => (int)member.Value!);
    }
}
