using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class EdgeCaseTests
{
    private const string CrmProfessionalSku = "d17b27af-3f49-4822-99f9-56a661538792";

    [Fact]
    public void Every_case_is_a_customer_of_its_own()
    {
        using var client = new Client("edge-cases");
        var cases = SandboxTenant.Scenarios.Single(scenario => scenario.Name == "edge-cases").Cases;
        Assert.Equal(cases.Select(edgeCase => edgeCase.Customer), client.Tenant.GetState().Customers.Select(customer => customer.CompanyName));
        Assert.True(cases.Select(edgeCase => edgeCase.Customer).Distinct().Count() >= 20);
        Assert.All(cases, edgeCase => Assert.NotEmpty(edgeCase.Service));
    }

    [Theory]
    [InlineData("Limited offer with free seats", Offers.TeamMembers, 400, 27006)]
    [InlineData("Limited offer with too few seats", Offers.TeamMembers, 400, 27006)]
    [InlineData("Limited offer suspended", Offers.TeamMembers, 400, 27006)]
    [InlineData("No more subscriptions", Offers.EngagementPlanFromHundred, 400, 27006)]
    [InlineData("Advisor only", Offers.EngagementPlan, 403, 20002)]
    [InlineData("Not a customer yet", Offers.EngagementPlan, 403, 20002)]
    [InlineData("Customer in another country", Offers.EngagementPlan, 403, 2030)]
    [InlineData("Successor not in the catalog", "6130626E-BEE0-4E76-8ABB-E919B0EC9483", 403, 2091)]
    [InlineData("Successor listed but not for sale", "16E05C5C-B536-42A0-A26E-D920C267D723", 403, 2091)]
    [InlineData("Order refused", Offers.EngagementPlan, 403, 2091)]
    [InlineData("Order refers to products", Offers.EngagementPlan, 400, 2100)]
    [InlineData("Successor not on sale", Offers.OperationsPlan, 403, 2091)]
    [InlineData("Agreement missing", Offers.EngagementPlan, 403, 13605)]
    public async Task Purchases_that_are_refused(string name, string offerId, int status, int code)
    {
        using var client = new Client("edge-cases");
        _ = (await client.Order(Path(client, name), offerId, 10, null)).ExpectError(status, code);
    }

    [Theory]
    [InlineData("Successor with free seats")]
    [InlineData("Same SKU on both sides")]
    [InlineData("More users than seats")]
    [InlineData("Paid for the year")]
    [InlineData("Bought through another channel")]
    [InlineData("No delegated rights")]
    [InlineData("Provisioning fails")]
    [InlineData("One SKU twice and both expiring")]
    public async Task Purchases_that_are_not(string name)
    {
        using var client = new Client("edge-cases");
        _ = (await client.Order(Path(client, name), Offers.EngagementPlan, 10, null)).Expect(201);
    }

    [Fact]
    public async Task A_suspended_subscription_of_a_limited_offer_can_be_reactivated()
    {
        using var client = new Client("edge-cases");
        var customer = Find(client, "Limited offer suspended");
        var suspended = customer.Subscriptions.Single(subscription => subscription.Status == "suspended");
        var path = $"v1/customers/{customer.Id}/subscriptions/{suspended.Id}";
        _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("status", "active")))).Expect(200);
    }

    [Fact]
    public async Task A_line_with_fewer_seats_than_the_minimum_is_refused_in_the_cart()
    {
        using var client = new Client("edge-cases");
        var path = Path(client, "Fewer seats than the minimum");
        var item = (await Shop.Find(client, path, "b75074f1-4c54-41bf-970f-c9ac871567f5"))!;
        Assert.Equal(10010, (int)(await Shop.Cart(client, path, Shop.Line(item, 4))).Expect(201).Json["lineItems"]![0]!["error"]!["errorCode"]!);
        Assert.Null((await Shop.Cart(client, path, Shop.Line(item, 5))).Expect(201).Json["lineItems"]![0]!["error"]);
    }

    [Theory]
    [InlineData(Offers.TeamMembers, "Concurrent")]
    [InlineData(Offers.EngagementPlanFromHundred, "Lifetime")]
    public async Task The_catalog_shows_the_limit(string offerId, string unit)
    {
        using var client = new Client("edge-cases");
        var offer = (await client.Get($"v1/offers/{offerId}?country=US")).Expect(200).Json;
        Assert.Equal((1, unit), ((int)offer["limit"]!, (string?)offer["limitUnitOfMeasure"]));
    }

    [Fact]
    public async Task An_offer_not_listed_or_not_for_sale_is_so_for_every_customer()
    {
        using var client = new Client("edge-cases");
        _ = (await client.Get("v1/offers/6130626E-BEE0-4E76-8ABB-E919B0EC9483?country=US")).ExpectError(404, 1000);
        Assert.False((bool)(await client.Get("v1/offers/16E05C5C-B536-42A0-A26E-D920C267D723?country=US")).Json["isAvailableForPurchase"]!);
        Assert.False((bool)(await client.Get($"v1/offers/{Offers.OperationsPlan}?country=US")).Json["isAvailableForPurchase"]!);
        Assert.True((bool)(await client.Get($"v1/offers/{Offers.EngagementPlan}?country=US")).Json["isAvailableForPurchase"]!);
    }

    [Theory]
    [InlineData("Successor not in the catalog", "b75074f1-4c54-41bf-970f-c9ac871567f5")]
    [InlineData("Successor listed but not for sale", "3bbd44ed-8a70-4c07-9088-6232ddbd5ddd")]
    [InlineData("Order refused", Offers.EngagementPlanSku)]
    [InlineData("Order refers to products", Offers.EngagementPlanSku)]
    [InlineData("Successor not on sale", "549c4efe-09a2-462b-9393-9b57dfdea76b")]
    [InlineData("Education customer", Offers.TeamMembersSku)]
    public async Task New_commerce_sells_what_orders_refuse(string name, string skuId)
    {
        using var client = new Client("edge-cases");
        var path = Path(client, name);
        var segment = name.StartsWith("Education", StringComparison.Ordinal) ? "education" : "commercial";
        var item = await Shop.Find(client, path, skuId, segment);
        var cart = (await Shop.Cart(client, path, Shop.Line(item!, 25))).Expect(201).Json;
        Assert.Null(cart["lineItems"]![0]!["error"]);
        Assert.Single((await client.Post($"{path}/carts/{cart["id"]}/checkout", null)).Expect(201).Json["orders"]!.AsArray());
    }

    [Fact]
    public async Task A_product_that_new_commerce_does_not_sell_is_in_no_catalog()
    {
        using var client = new Client("edge-cases");
        Assert.Null(await Shop.Find(client, Path(client, "Successor not on sale"), Offers.OperationsPlanSku));
        _ = (await client.Get("v1/products/CFQ7TTC0SB01?country=US")).ExpectError(404, 400013);
        _ = (await client.Get("v1/products/CFQ7TTC0SB02?country=US")).Expect(200);
    }

    [Fact]
    public async Task A_line_on_sale_can_be_refused_in_the_cart()
    {
        using var client = new Client("edge-cases");
        var path = Path(client, "Cart line refused");
        var cart = (await Shop.Cart(client, path, Shop.Line((await Shop.Find(client, path, Offers.EngagementPlanSku))!, 10))).Expect(201).Json;
        Assert.Equal(10003, (int)cart["lineItems"]![0]!["error"]!["errorCode"]!);
    }

    [Fact]
    public async Task Nothing_is_sold_into_another_country()
    {
        using var client = new Client("edge-cases");
        var path = Path(client, "Customer in another country");
        Assert.Equal("CA", (string?)(await client.Get(path)).Expect(200).Json["billingProfile"]!["defaultAddress"]!["country"]);
        _ = (await Shop.Cart(client, path, Shop.Line((await Shop.Find(client, path, Offers.EngagementPlanSku))!, 10))).ExpectError(403, 2030);
    }

    [Theory]
    [InlineData("No delegated rights", 900308)]
    [InlineData("Conditional access", 900309)]
    [InlineData("Unknown to the directory", 20002)]
    public async Task Without_rights_in_the_directory_only_commerce_works(string name, int code)
    {
        using var client = new Client("edge-cases");
        var path = Path(client, name);
        _ = (await client.Get(path + "/subscribedskus")).ExpectError(403, code);
        _ = (await client.Get(path + "/users")).ExpectError(403, code);
        var customer = (await client.Get(path)).Expect(200).Json;
        Assert.Null(customer["customDomains"]);
        Assert.Null(customer["companyProfile"]!["address"]);
        Assert.Null(customer["billingProfile"]!["email"]);
        Assert.NotNull(customer["billingProfile"]!["defaultAddress"]!["country"]);
        _ = (await client.Get(path + "/subscriptions")).Expect(200);
    }

    [Fact]
    public async Task A_customer_with_an_advisor_is_listed_and_one_without_a_relationship_is_not()
    {
        using var client = new Client("edge-cases");
        var listed = (await client.Get("v1/customers?size=500")).Items.ToDictionary(item => (string)item!["companyProfile"]!["companyName"]!, item => (string?)item!["relationshipToPartner"]);
        Assert.Equal("advisor", listed["Advisor only"]);
        Assert.DoesNotContain("Not a customer yet", listed.Keys);
        _ = (await client.Get(Path(client, "Not a customer yet"))).ExpectError(404, 1000);
        _ = (await client.Get(Path(client, "Advisor only"))).Expect(200);
    }

    [Fact]
    public async Task Units_of_another_channel_are_in_the_directory_and_in_no_subscription()
    {
        using var client = new Client("edge-cases");
        var path = Path(client, "Bought through another channel");
        Assert.Empty((await client.Get(path + "/subscriptions")).Expect(200).Items);
        var sku = Assert.Single((await client.Get(path + "/subscribedskus")).Expect(200).Items)!;
        Assert.Equal((CrmProfessionalSku, 10, 7), ((string?)sku["productSku"]!["id"], (int)sku["activeUnits"]!, (int)sku["consumedUnits"]!));
        var both = (await client.Get(Path(client, "Bought through two channels") + "/subscribedskus")).Items[0]!;
        Assert.Equal((15, 12), ((int)both["activeUnits"]!, (int)both["consumedUnits"]!));
    }

    [Fact]
    public async Task Removing_a_license_of_another_channel_without_a_target_is_a_violation()
    {
        using var client = new Client("edge-cases");
        var customer = Find(client, "Bought through another channel");
        _ = (await Update(client, customer, customer.Users[0], [], [CrmProfessionalSku])).Expect(201);
        Assert.Contains("another channel", Assert.Single(client.Tenant.GetState().Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_licenses_cannot_be_changed_without_a_usage_location()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "No usage location");
        var user = customer.Users.First(candidate => candidate.UsageLocation == null);
        var refused = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku])).ExpectError(400, 0);
        Assert.StartsWith("InvalidUsageLocation : ", (string?)refused.Json["data"]![0], StringComparison.Ordinal);
        _ = (await client.Patch($"v1/customers/{customer.Id}/users/{user.Id}", new { usageLocation = "US" })).Expect(200);
        _ = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku])).Expect(201);
    }

    [Fact]
    public async Task A_license_held_through_a_group_cannot_be_removed()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "License held through a group");
        var user = customer.Users.First(candidate => candidate.Licenses[0].InheritedFromGroup);
        var refused = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku])).ExpectError(400, 0);
        Assert.StartsWith("GroupBasedLicense : ", (string?)refused.Json["data"]![0], StringComparison.Ordinal);
        _ = (await Update(client, customer, user, [Offers.EngagementPlanSku], [])).Expect(201);
    }

    [Fact]
    public async Task New_seats_are_in_use_at_once_if_more_were_held_than_purchased()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "No free seat", 5);
        var user = customer.Users.First(candidate => candidate.Licenses[0].SkuId == CrmProfessionalSku);
        var refused = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku])).ExpectError(400, 60012);
        Assert.Contains(customer.Id, (string?)refused.Json["data"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_that_exclude_one_another_cannot_both_be_on()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "Conflicting plans");
        var user = customer.Users.First(candidate => candidate.Licenses.Count == 2);
        var refused = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku])).ExpectError(400, 0);
        Assert.StartsWith("MutuallyExclusiveServicePlans : ", (string?)refused.Json["data"]![0], StringComparison.Ordinal);
        _ = (await Update(client, customer, user, [Offers.EngagementPlanSku], [CrmProfessionalSku], "00000000-5a4d-4000-9000-000000000013")).Expect(201);
        _ = (await Update(client, customer, customer.Users.Single(candidate => candidate.Id == customer.Users[5].Id), [Offers.EngagementPlanSku], [CrmProfessionalSku])).Expect(201);
    }

    [Fact]
    public async Task A_plan_can_have_the_same_name_and_another_id_in_the_target()
    {
        using var client = new Client("edge-cases");
        var customer = await With(client, "Plans matched by name", Offers.TeamMembers, 10);
        var skus = (await client.Get($"v1/customers/{customer.Id}/subscribedskus")).Items;
        string? PlanId(int index) => (string?)skus[index]!["servicePlans"]!.AsArray().Single(plan => (string?)plan!["serviceName"] == "SHAREPOINTWAC")!["id"];
        Assert.NotEqual(PlanId(0), PlanId(1));
        Assert.Contains(PlanId(0), customer.Users[0].Licenses[0].DisabledPlans);
        Assert.DoesNotContain(skus[1]!["servicePlans"]!.AsArray(), plan => (string?)plan!["serviceName"] == "NBENTERPRISE");
    }

    [Fact]
    public async Task Deleted_users_are_listed_apart_and_cannot_be_changed()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "Deleted and unlicensed users");
        var path = $"v1/customers/{customer.Id}/users";
        var filter = Uri.EscapeDataString("""{"Field":"UserState","Value":"Inactive","Operator":"equals"}""");
        var deleted = Assert.Single((await client.Get($"{path}?filter={filter}")).Expect(200).Items)!;
        Assert.Equal("inactive", (string?)deleted["state"]);
        Assert.NotNull(deleted["softDeletionTime"]);
        Assert.DoesNotContain((await client.Get(path)).Items, user => (string?)user!["id"] == (string?)deleted["id"]);
        _ = (await client.Post($"{path}/{deleted["id"]}/licenseupdates", new { licensesToAssign = new[] { new { skuId = Offers.EngagementPlanSku } } })).ExpectError(404, 60002);
        _ = (await client.Patch($"{path}/{deleted["id"]}", new { usageLocation = "US" })).ExpectError(404, 60002);
        _ = (await client.Get($"{path}/{deleted["id"]}/licenses")).ExpectError(404, 60002);
        _ = (await client.Delete($"{path}/{deleted["id"]}")).ExpectError(404, 60002);
    }

    [Fact]
    public async Task The_second_license_group_is_returned_on_request_and_never_mixed_with_the_first()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "Deleted and unlicensed users");
        var user = customer.Users[^1];
        var licenses = $"v1/customers/{customer.Id}/users/{user.Id}/licenses";
        Assert.Empty((await client.Get(licenses)).Expect(200).Items);
        Assert.Single((await client.Get(licenses + "?licenseGroupIds=group2")).Expect(200).Items);
        Assert.Equal(3, (await client.Get($"v1/customers/{customer.Id}/subscribedskus?licenseGroupIds=group1&licenseGroupIds=group2")).Items.Count);
        _ = (await Update(client, customer, user, [Offers.EngagementPlanSku], [user.Licenses[0].SkuId])).ExpectError(400, 800002);
    }

    [Fact]
    public async Task Seats_that_are_never_provisioned_have_the_status_failed()
    {
        using var client = new Client("edge-cases");
        var customer = await WithPlan(client, "Provisioning fails");
        var status = (await client.Get($"v1/customers/{customer.Id}/subscriptions/{customer.Subscriptions[^1].Id}/provisioningstatus")).Expect(200).Json;
        Assert.Equal("failed", (string?)status["status"]);
        Assert.Equal(0, (int)status["quantity"]!);
        _ = (await Update(client, customer, customer.Users[0], [Offers.EngagementPlanSku], [CrmProfessionalSku])).ExpectError(400, 60012);
    }

    [Theory]
    [InlineData("Reseller of record", "4567890", 201)]
    [InlineData("Reseller no longer valid", "12", 400)]
    public async Task The_reseller_of_record_may_or_may_not_be_valid_for_the_target(string name, string partnerId, int status)
    {
        using var client = new Client("edge-cases");
        var path = Path(client, name);
        Assert.Equal(partnerId, (string?)(await client.Get(path + "/subscriptions")).Items[0]!["partnerId"]);
        Assert.Equal(status == 201 ? 200 : 404, (await client.Get($"v1/profiles/mpn?mpnId={partnerId}")).Status);
        var body = new { PartnerOnRecordAttestationAccepted = true, LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.EngagementPlan, Quantity = 10, PartnerIdOnRecord = partnerId } } };
        var reply = (await client.Post(path + "/orders", body)).Expect(status);
        Assert.True(status == 201 || reply.Code == 900247);
    }

    [Theory]
    [InlineData("New commerce source", "P1Y", false)]
    [InlineData("New commerce source just bought", "P1M", true)]
    public async Task A_source_can_be_new_commerce_already(string name, string term, bool isCancelable)
    {
        using var client = new Client("edge-cases");
        var customer = Find(client, name);
        var path = $"v1/customers/{customer.Id}/subscriptions/{customer.Subscriptions[0].Id}";
        var resource = (await client.Get(path)).Expect(200).Json;
        Assert.Equal(term, (string?)resource["termDuration"]);
        Assert.Equal("2026-04-09T00:00:00Z", (string?)resource["commitmentEndDate"]);
        Assert.False((bool)resource["autoRenewEnabled"]!);
        Assert.Null(resource["attributes"]!["etag"]);
        Assert.Equal(CrmProfessionalSku, customer.Subscriptions[0].SkuId);
        var reply = await client.Patch(path, Client.With(resource, ("status", "deleted")));
        Assert.Equal(isCancelable ? 200 : 400, reply.Status);
    }

    [Fact]
    public void Two_sources_with_one_target_share_three_users()
    {
        using var client = new Client("edge-cases");
        var customer = Find(client, "Two sources and one target");
        Assert.Equal(3, customer.Users.Count(user => user.Licenses.Count == 2));
        Assert.Equal(11, customer.Users.Count);
        Assert.Equal(2, customer.Subscriptions.Count);
    }

    [Theory]
    [InlineData("Add-on contained in the plan", false)]
    [InlineData("Add-on that stays active", true)]
    public void An_add_on_expires_with_its_base_or_not(string name, bool renews)
    {
        using var client = new Client("edge-cases");
        var addOn = Find(client, name).Subscriptions.Single(subscription => subscription.ParentSubscriptionId != null);
        Assert.Equal(renews, addOn.AutoRenewEnabled);
    }

    [Fact]
    public void In_every_case_but_the_one_that_tests_it_a_source_has_the_minimum_seats_of_its_targets()
    {
        using var client = new Client("edge-cases");
        var tooSmall = client.Tenant.GetState().Customers
            .Where(customer => customer.Subscriptions.Any(subscription =>
                (subscription.OfferId == Offers.AxEnterprise && subscription.Quantity < 20) || (subscription.OfferId == Offers.AxTask && subscription.Quantity < 5)))
            .Select(customer => customer.CompanyName);
        Assert.Equal(["Fewer seats than the minimum"], tooSmall);
    }

    private static SandboxCustomer Find(Client client, string name) =>
        client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == name);

    private static string Path(Client client, string name) => "v1/customers/" + Find(client, name).Id;

    private static Task<SandboxCustomer> WithPlan(Client client, string name, int quantity = 10) => With(client, name, Offers.EngagementPlan, quantity);

    private static async Task<SandboxCustomer> With(Client client, string name, string offerId, int quantity)
    {
        _ = (await client.Order(Path(client, name), offerId, quantity, null)).Expect(201);
        client.Provision();
        return Find(client, name);
    }

    private static Task<Reply> Update(
        Client client, SandboxCustomer customer, SandboxUser user, string[] assign, string[] remove, params string[] excludedPlans) => client.Post(
        $"v1/customers/{customer.Id}/users/{user.Id}/licenseupdates",
        new { licensesToAssign = assign.Select(sku => new { skuId = sku, excludedPlans }), licensesToRemove = remove });
}
