using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ScenarioTests
{
    [Fact]
    public void Contoso_is_one_customer_with_one_subscription_and_twenty_holders()
    {
        using var client = new Client();
        var customer = Assert.Single(client.Tenant.GetState().Customers);
        Assert.Equal("Contoso", customer.CompanyName);
        Assert.Equal("reseller", customer.Relationship);
        var subscription = Assert.Single(customer.Subscriptions);
        Assert.Equal(Offers.AxEnterprise, subscription.OfferId);
        Assert.Equal(25, subscription.Quantity);
        Assert.False(subscription.AutoRenewEnabled);
        Assert.Equal("2026-04-09T00:00:00Z", subscription.CommitmentEndDate);
        var holders = customer.Users.Where(user => user.Licenses.Any(license => license.SkuId == subscription.SkuId)).ToList();
        Assert.Equal(20, holders.Count);
        Assert.All(holders, user => Assert.Equal("US", user.UsageLocation));
        Assert.Contains(customer.Users, user => user.Licenses.Count == 0);
        Assert.Equal("scenario", Assert.Single(customer.Orders).Origin);
    }

    [Fact]
    public void Every_completion_of_a_scenario_is_valid()
    {
        foreach (var text in SandboxTenant.Scenarios.Select(scenario => $"{scenario.Name}:").Append("scale:customers=5,"))
        {
            var ways = SandboxTenant.CompleteScenario(text);

            Assert.NotEmpty(ways);
            Assert.All(ways, way => Assert.NotNull(SandboxTenant.Create(way.Key)));
        }
    }

    [Theory]
    [InlineData("scale:", "scale:customers=1000", "customers=1 to 100000")]
    [InlineData("SCALE:customers=5,us", "SCALE:customers=5,users=50", "users=0 to 100000")]
    [InlineData("contoso:", "contoso:legacyCommerce=closed", "legacyCommerce=open|closed|refused")]
    public void A_scenario_is_completed_with_its_missing_options(string text, string way, string accepts)
    {
        var ways = SandboxTenant.CompleteScenario(text);

        Assert.Contains(new(way, accepts), ways);
        Assert.DoesNotContain(ways, known => known.Key.Contains("customers=5,customers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scale")]
    [InlineData("nowhere:")]
    public void A_text_without_a_scenario_and_a_colon_has_no_completion(string text)
    {
        Assert.Empty(SandboxTenant.CompleteScenario(text));
    }

    [Fact]
    public async Task Some_plans_switched_off_in_contoso_are_in_the_target_and_some_are_not()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 25)).Expect(201);
        client.Provision();
        var skus = (await client.Get(client.CustomerPath + "/subscribedskus")).Expect(200).Items;
        var target = skus.Single(sku => (string?)sku!["productSku"]!["id"] == Offers.OperationsPlanSku)!;
        var targetPlans = target["servicePlans"]!.AsArray().Select(plan => (string)plan!["id"]!).ToHashSet();
        var off = client.Customer.Users.SelectMany(user => user.Licenses).SelectMany(license => license.DisabledPlans).ToHashSet();
        Assert.Contains(off, targetPlans.Contains);
        Assert.Contains(off, plan => !targetPlans.Contains(plan));
    }

    [Fact]
    public void Seed_mapping_has_one_expiring_subscription_for_each_of_the_ten_rows()
    {
        using var client = new Client("seed-mapping");
        var customers = client.Tenant.GetState().Customers;
        Assert.Equal(10, customers.Count);
        var expiring = customers.Select(customer => Assert.Single(customer.Subscriptions, subscription => !subscription.AutoRenewEnabled)).ToList();
        Assert.Equal(10, expiring.Select(subscription => subscription.OfferId).Distinct().Count());
        Assert.All(expiring, subscription => Assert.True(subscription.Quantity >= 20));
        Assert.All(
            customers.SelectMany(customer => customer.Subscriptions).Where(subscription => subscription.ParentSubscriptionId == null && subscription.AutoRenewEnabled),
            parent => Assert.Contains(expiring, addOn => addOn.ParentSubscriptionId == parent.Id));
        Assert.Equal(2, expiring.Count(subscription => subscription.ParentSubscriptionId != null));
    }

    [Theory]
    [InlineData("AX Enterprise", Offers.OperationsPlan)]
    [InlineData("AX Enterprise", "725D5132-22A7-42D8-8A9B-988549A565F7")]
    [InlineData("AX Task", "6130626E-BEE0-4E76-8ABB-E919B0EC9483")]
    [InlineData("AX Self Serve", Offers.TeamMembers)]
    [InlineData("AX Device", "16E05C5C-B536-42A0-A26E-D920C267D723")]
    [InlineData("CRM Online Enterprise", Offers.EngagementPlan)]
    [InlineData("CRM Online Professional", Offers.EngagementPlan)]
    [InlineData("CRM Online Professional", "E5AEEDC5-E2F0-4099-AA45-95802034D7F8")]
    [InlineData("CRM Online Professional", "58CD6573-6784-4467-B2FC-1A06BB874ED6")]
    [InlineData("CRM Online Basic", Offers.TeamMembers)]
    [InlineData("CRM Online Basic", Offers.EngagementPlan)]
    [InlineData("CRM Online Essential", Offers.TeamMembers)]
    [InlineData("CRM Field Service add-on", "5EB287F2-F34F-4BC8-A8B0-C2E9B23F7430")]
    [InlineData("CRM Field Service add-on", Offers.EngagementPlan)]
    [InlineData("CRM Project Service Automation add-on", "DF406C18-5DEB-4F8B-9AF3-0F743FFFEDC9")]
    [InlineData("CRM Project Service Automation add-on", Offers.EngagementPlan)]
    public async Task Every_row_of_the_mapping_can_be_migrated_to_its_targets_without_a_violation(string company, string targetOfferId)
    {
        using var client = new Client("seed-mapping");
        var customer = client.Tenant.GetState().Customers.Single(candidate => candidate.CompanyName == company);
        var path = "v1/customers/" + customer.Id;
        var source = customer.Subscriptions.Single(subscription => !subscription.AutoRenewEnabled);
        var mark = $"Target (from {source.Id[..8]})";
        _ = (await client.Order(path, targetOfferId, source.Quantity, mark)).Expect(201);
        client.Provision();
        var purchased = client.Tenant.GetState().Customers.Single(candidate => candidate.Id == customer.Id).Subscriptions.Single(subscription => subscription.FriendlyName == mark);
        foreach (var user in customer.Users.Where(user => user.Licenses.Any(license => license.SkuId == source.SkuId)))
        {
            _ = (await client.Post(
                $"{path}/users/{user.Id}/licenseupdates",
                new { licensesToAssign = new[] { new { skuId = purchased.SkuId } }, licensesToRemove = new[] { source.SkuId } })).Expect(201);
        }

        var resource = (await client.Get($"{path}/subscriptions/{source.Id}")).Json;
        _ = (await client.Patch($"{path}/subscriptions/{source.Id}", Client.With(resource, ("status", "suspended")))).Expect(200);
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public void Scale_gives_each_customer_different_sources_and_each_user_one_license()
    {
        using var client = new Client("scale:customers=7,subscriptions=5,users=11");
        var customers = client.Tenant.GetState().Customers;
        Assert.Equal(7, customers.Count);
        Assert.All(customers, customer =>
        {
            Assert.Equal(5, customer.Subscriptions.Select(subscription => subscription.OfferId).Distinct().Count());
            Assert.Equal(11, customer.Users.Count);
            Assert.All(customer.Users, user => Assert.Single(user.Licenses));
            Assert.All(customer.Subscriptions, subscription => Assert.True(
                subscription.Quantity >= customer.Users.Count(user => user.Licenses[0].SkuId == subscription.SkuId)));
        });
    }

    [Fact]
    public async Task A_very_large_partner_is_created_at_once_and_listed_completely()
    {
        using var client = new Client("scale:customers=20000,subscriptions=3,users=50");
        var ids = await Pages.All(client, "v1/customers?size=500", item => (string)item["id"]!);
        Assert.Equal(20_000, ids.Distinct().Count());
        Assert.Equal(3, (await client.Get($"v1/customers/{ids[^1]}/subscriptions")).Expect(200).Items.Count);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids_and_another_seed_others()
    {
        using var one = new Client("seed-mapping");
        using var same = new Client("seed-mapping");
        using var other = new Client("seed-mapping", options => options.Seed = 43);
        Assert.Equal(one.Source.Id, same.Source.Id);
        Assert.Equal(one.Customer.Users[3].Id, same.Customer.Users[3].Id);
        Assert.NotEqual(one.Source.Id, other.Source.Id);
        Assert.NotEqual(one.Customer.Id, other.Customer.Id);
    }

    [Fact]
    public void An_unknown_scenario_is_refused_with_the_known_names()
    {
        var error = Assert.Throws<ArgumentException>(() => SandboxTenant.Create("fabrikam"));
        Assert.All(SandboxTenant.Scenarios, scenario => Assert.Contains(scenario.Name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contoso:color=red", "legacyCommerce")]
    [InlineData("contoso:legacyCommerce=maybe", "open|closed|refused")]
    [InlineData("contoso:orderListLag=soon", "PT15M")]
    [InlineData("contoso:customers=5", "legacyCommerce")]
    [InlineData("scale:subscriptions=6", "1 to 5")]
    public void An_unknown_option_or_value_is_refused_with_the_known_ones(string scenario, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => SandboxTenant.Create(scenario));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_scenarios_and_options_are_read_in_any_casing()
    {
        using var client = new Client("SCALE:Customers=2,LEGACYCOMMERCE=Closed");
        Assert.Equal(2, client.Tenant.GetState().Customers.Count);
    }
}
