using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ConversionTests
{
    private const string SalesProfessional = "F28514F0-6516-4EF9-8222-1C605A05D245";
    private const string SalesEnterprise = "E5AEEDC5-E2F0-4099-AA45-95802034D7F8";
    private const string SalesProfessionalSku = "be9f9771-1c64-4618-9907-244325141096";
    private const string SalesEnterpriseSku = "1e1a282c-9c54-43a2-9310-98ef728faace";

    [Fact]
    public async Task A_trial_becomes_paid_and_keeps_its_id_and_its_users()
    {
        using var client = new Client("edge-cases");
        var (customer, path) = Case(client, "Trial that converts");
        var conversions = (await client.Get(path + "/conversions")).Expect(200).Items;
        var conversion = Assert.Single(conversions)!;
        Assert.Equal(Offers.EngagementPlan, (string?)conversion["targetOfferId"]);
        conversion["quantity"] = 12;
        var result = (await client.Post(path + "/conversions", conversion)).Expect(200).Json;
        Assert.Null(result["error"]);
        var converted = (await client.Get(path)).Json;
        Assert.Equal(Offers.EngagementPlan, (string?)converted["offerId"]);
        Assert.False((bool)converted["isTrial"]!);
        Assert.True((bool)converted["autoRenewEnabled"]!);
        Assert.Equal("monthly", (string?)converted["billingCycle"]);
        Assert.Equal("2027-03-09T00:00:00Z", (string?)converted["commitmentEndDate"]);
        Assert.Equal(12, (int)converted["quantity"]!);
        Assert.Equal(10, client.Tenant.GetState().Customers.Single(candidate => candidate.Id == customer.Id).Users.Count(user => user.Licenses.Count == 1));
        Assert.Empty((await client.Get(path + "/conversions")).Items);
    }

    [Fact]
    public async Task The_conversion_of_a_trial_without_conversions_fails_inside_a_200()
    {
        using var client = new Client("edge-cases");
        var (_, path) = Case(client, "Trial that does not convert");
        Assert.Empty((await client.Get(path + "/conversions")).Expect(200).Items);
        var conversion = new { targetOfferId = Offers.EngagementPlan, quantity = 25, billingCycle = "monthly" };
        Assert.Equal(800020, (int)(await client.Post(path + "/conversions", conversion)).Expect(200).Json["error"]!["code"]!);
        Assert.True((bool)(await client.Get(path)).Json["isTrial"]!);
    }

    [Theory]
    [InlineData("targetOfferId", SalesEnterprise, 800020)]
    [InlineData("quantity", "0", 2002)]
    [InlineData("billingCycle", "weekly", 6001)]
    public async Task A_conversion_that_the_target_does_not_allow_fails_inside_a_200(string name, string value, int code)
    {
        using var client = new Client("edge-cases");
        var (_, path) = Case(client, "Trial that converts");
        var conversion = Client.With((await client.Get(path + "/conversions")).Items[0]!, (name, value));
        Assert.Equal(code, (int)(await client.Post(path + "/conversions", conversion)).Expect(200).Json["error"]!["code"]!);
    }

    [Fact]
    public async Task Only_a_trial_has_conversions()
    {
        using var client = new Client();
        Assert.Empty((await client.Get(client.SourcePath + "/conversions")).Expect(200).Items);
    }

    [Fact]
    public async Task Retired_products_have_no_upgrade()
    {
        using var client = new Client();
        Assert.Empty((await client.Get(client.SourcePath + "/upgrades")).Expect(200).Items);
        _ = (await client.Post(client.SourcePath + "/upgrades", new { targetOffer = new { id = Offers.OperationsPlan } })).ExpectError(400, 800004);
    }

    [Fact]
    public async Task An_upgrade_creates_a_subscription_and_can_transfer_the_licenses()
    {
        using var client = new Client();
        _ = (await client.Order(SalesProfessional, 3)).Expect(201);
        client.Provision();
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, [SalesProfessionalSku])).Expect(201);
        var path = $"{client.CustomerPath}/subscriptions/{client.Subscription(SalesProfessional).Id}/upgrades";
        var upgrade = Assert.Single((await client.Get(path)).Expect(200).Items)!;
        Assert.True((bool)upgrade["isEligible"]!);
        var result = (await client.Post(path, upgrade)).Expect(200).Json;
        Assert.Equal(client.Subscription(SalesEnterprise).Id, (string?)result["targetSubscriptionId"]);
        Assert.Equal("suspended", client.Subscription(SalesProfessional).Status);
        Assert.Contains(client.Customer.Users[0].Licenses, license => license.SkuId == SalesEnterpriseSku);
        var again = (await client.Post(path, upgrade)).Expect(200).Json;
        Assert.Null(again["targetSubscriptionId"]);
        Assert.Equal(2, (int)again["upgradeErrors"]![0]!["code"]!);
    }

    [Theory]
    [InlineData("1", 200)]
    [InlineData("upgrade_only", 200)]
    [InlineData("UpgradeOnly", 200)]
    [InlineData(null, 200)]
    [InlineData("2", 403)]
    [InlineData("UpgradeWithLicenseTransfer", 403)]
    [InlineData("sideways", 400)]
    public async Task Only_an_upgrade_that_moves_licenses_needs_a_user(string? type, int status)
    {
        using var client = new Client();
        _ = (await client.Order(SalesProfessional, 3)).Expect(201);
        client.Provision();
        client.Token = "app-only";
        var path = $"{client.CustomerPath}/subscriptions/{client.Subscription(SalesProfessional).Id}/upgrades";
        var upgrade = Assert.Single((await client.Get(path)).Expect(200).Items)!;
        var reply = await client.Post(path, Client.With(upgrade, ("upgradeType", type)));
        _ = status switch { 403 => reply.ExpectError(403, 900329), 400 => reply.ExpectError(400, 3000), _ => reply.Expect(200) };
        Assert.Equal(status == 200 ? "suspended" : "active", client.Subscription(SalesProfessional).Status);
    }

    [Fact]
    public async Task The_service_migrates_only_subscriptions_with_an_equivalent_in_new_commerce()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/migrations/newcommerce/validate";
        var retired = (await client.Post(path, new { currentSubscriptionId = client.Source.Id })).Expect(200).Json;
        Assert.False((bool)retired["isEligible"]!);
        Assert.Equal(5, (int)retired["errors"]![0]!["code"]!);
        _ = (await client.Order(Offers.TeamMembers, 5)).Expect(201);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(31));
        var current = (await client.Post(path, new { CurrentSubscriptionId = client.Subscription(Offers.TeamMembers).Id.ToLowerInvariant() })).Expect(200).Json;
        Assert.True((bool)current["isEligible"]!);
        Assert.StartsWith("CFQ7TTC0SB04:0001:", (string?)current["catalogItemId"], StringComparison.Ordinal);
        _ = (await client.Post(path, new { currentSubscriptionId = "none" })).ExpectError(404, 20003);
        Assert.Equal(1, client.Tenant.GetRequests().Writes);
        Assert.Equal(3, client.Tenant.GetRequests().Count("POST /v1/customers/{customerId}/migrations/newcommerce/validate"));
    }

    private static (SandboxCustomer Customer, string Path) Case(Client client, string name)
    {
        var customer = client.Tenant.GetState().Customers.Single(candidate => candidate.CompanyName == name);
        return (customer, $"v1/customers/{customer.Id}/subscriptions/{customer.Subscriptions[0].Id}");
    }
}
