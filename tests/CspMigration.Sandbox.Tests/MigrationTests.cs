using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>
/// The service's own migration of legacy subscriptions to new commerce. Requests are those of the batch tool: whole objects with
/// zeros and empty texts for unchanged members. The clock starts on March 10 at noon.
/// </summary>
public class MigrationTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_subscription_is_migrated_step_by_step()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var body = Request(legacy.Id);
        body["ExternalReferenceId"] = "batch 1";
        var started = (await client.Post(client.CustomerPath + "/migrations//newcommerce", body)).Expect(201).Json;
        Assert.Equal(("Processing", "Monthly", "P1Y", 5), ((string?)started["status"], (string?)started["billingCycle"], (string?)started["termDuration"], (int)started["quantity"]!));
        Assert.Equal(legacy.CommitmentEndDate, (string?)started["subscriptionEndDate"]);
        Assert.Null(started["newCommerceSubscriptionId"]);
        Assert.Equal("active", client.Subscription(Offers.TeamMembers).Status);
        var path = $"{client.CustomerPath}/migrations/newcommerce/{started["id"]}";

        client.Time.Advance(Delay);
        Assert.Equal(["MigrationStarted", "NewCommerceSubscriptionCreated"], await Events(client, "migration_id=" + started["id"]));
        var made = client.Customer.Subscriptions[^1];
        Assert.StartsWith("CFQ7TTC0SB04:0001:", made.OfferId, StringComparison.Ordinal);
        client.Time.Advance(Delay);
        Assert.Equal(("active", "suspended"), (client.Customer.Subscriptions[^1].Status, client.Subscription(Offers.TeamMembers).Status));
        client.Time.Advance(Delay);
        var completed = (await client.Get(path)).Expect(200).Json;
        Assert.Equal(("Completed", made.Id), ((string?)completed["status"], (string?)completed["newCommerceSubscriptionId"]));
        Assert.NotNull(completed["completedTime"]);
        Assert.Equal(client.Customer.Orders[^1].Id, (string?)completed["newCommerceOrderId"]);
        Assert.Equal(
            ["MigrationStarted", "NewCommerceSubscriptionCreated", "NewCommerceSubscriptionProvisioned", "MigrationCompleted"],
            await Events(client, "CurrentSubscriptionId=" + legacy.Id.ToLowerInvariant()));
        var resource = (await client.Get($"{client.CustomerPath}/subscriptions/{made.Id}")).Json;
        Assert.Equal((legacy.Id, "Our members"), ((string?)resource["migratedFromSubscriptionId"], (string?)resource["friendlyName"]));
        Assert.Equal(made.Id, (string?)Assert.Single(await List(client, "ExternalReferenceId=batch%201"))!["newCommerceSubscriptionId"]);
        Assert.Single(await List(client, "CurrentSubscriptionId=" + legacy.Id));
        Assert.Single(await List(client, "CustomerTenantId=" + client.Customer.Id));
        Assert.Empty(await List(client, "ExternalReferenceId=batch%202"));
        Assert.Empty(client.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Term_cycle_quantity_and_end_can_be_changed_on_the_way()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var body = Request(legacy.Id);
        (body["Quantity"], body["TermDuration"], body["BillingCycle"], body["PurchaseFullTerm"]) = ("3", "p3y", "Annual", "true");
        var started = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).Expect(201).Json;
        Assert.Equal((3, "P3Y", "Annual"), ((int)started["quantity"]!, (string?)started["termDuration"], (string?)started["billingCycle"]));
        client.Time.Advance(Delay * 3);
        var made = client.Customer.Subscriptions[^1];
        Assert.Equal((3, "2029-05-08T00:00:00Z"), (made.Quantity, made.CommitmentEndDate));
        Assert.Equal("annual", (string?)(await client.Get($"{client.CustomerPath}/subscriptions/{made.Id}")).Json["billingCycle"]);
    }

    [Theory]
    [InlineData("P1M", "2026-06-08T00:00:00Z")]
    [InlineData("P1Y", "2027-03-09T00:00:00Z")]
    public async Task Without_a_full_term_the_current_one_continues(string term, string end)
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var body = Request(legacy.Id);
        body["TermDuration"] = term;
        Assert.StartsWith(end[..8], (string?)(await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).Expect(201).Json["subscriptionEndDate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-31", 0, 0)]
    [InlineData("2026-12-15", 12, 900292)]
    [InlineData("2028-12-31", 11, 900291)]
    public async Task A_term_ends_on_its_custom_date(string day, int code, int refusal)
    {
        using var client = Client();
        var body = Request((await Buy(client, Offers.TeamMembers, 5)).Id);
        body["CustomTermEndDate"] = day;
        await AssertCodes(client, body, code == 0 ? [] : [code]);
        var reply = await client.Post(client.CustomerPath + "/migrations/newcommerce", body);
        _ = refusal == 0 ? reply.Expect(201) : reply.ExpectError(400, refusal);
    }

    [Fact]
    public async Task An_eligible_subscription_shows_its_item_and_terms()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var answer = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", Request(legacy.Id))).Expect(200).Json;
        Assert.True((bool)answer["isEligible"]!);
        Assert.StartsWith("CFQ7TTC0SB04:0001:", (string?)answer["catalogItemId"], StringComparison.Ordinal);
        Assert.Equal(("P1Y", "Monthly"), ((string?)answer["termDuration"], (string?)answer["billingCycle"]));
        Assert.Null(answer["errors"]);
    }

    [Fact]
    public async Task A_purchase_is_not_migrated_in_its_first_month()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.TeamMembers, 5)).Expect(201);
        var body = Request(client.Subscription(Offers.TeamMembers).Id);
        await AssertCodes(client, body, 7);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body.DeepClone())).ExpectError(403, 900226);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(31));
        await AssertCodes(client, body);
    }

    [Theory]
    [InlineData("TermDuration", "P9Y")]
    [InlineData("TermDuration", "P2M")]
    [InlineData("BillingCycle", "weekly")]
    [InlineData("BillingCycle", "Triennial")]
    public async Task A_term_or_cycle_that_is_not_sold_is_refused(string member, string value)
    {
        using var client = Client();
        var body = Request((await Buy(client, Offers.TeamMembers, 5)).Id);
        body[member] = value;
        await AssertCodes(client, body, 6);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).ExpectError(400, 900222);
    }

    [Theory]
    [InlineData(19)]
    [InlineData(-1)]
    [InlineData(10_000_001)]
    public async Task A_quantity_that_is_not_sold_is_refused(int quantity)
    {
        using var client = Client();
        var body = Request((await Buy(client, Offers.OperationsPlan, 25)).Id);
        body["Quantity"] = quantity;
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", body.DeepClone())).ExpectError(400, 900275);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).ExpectError(400, 900275);
    }

    [Fact]
    public async Task A_subscription_without_an_equivalent_is_not_migrated()
    {
        using var client = Client();
        await AssertCodes(client, Request(client.Source.Id), 5);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(client.Source.Id))).ExpectError(400, 900220);
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 5);
        Assert.Contains(5, await Codes(client, Request(purchased.Id)));
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", Request("none"))).ExpectError(404, 20003);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", new { })).ExpectError(400, 3000);
    }

    [Fact]
    public async Task Offers_of_a_segment_and_trials_have_no_equivalent()
    {
        using var client = Client("contoso:qualification=Nonprofit");
        await AssertCodes(client, Request((await Buy(client, Offers.NonprofitTeamMembers, 5)).Id), 5);
        var body = new { LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.EngagementPlanTrial, Quantity = 25 } } };
        _ = (await client.Post(client.CustomerPath + "/orders", body)).Expect(201);
        await AssertCodes(client, Request(client.Subscription(Offers.EngagementPlanTrial).Id), 5, 7);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(client.Subscription(Offers.EngagementPlanTrial).Id))).ExpectError(400, 900221);
    }

    [Fact]
    public async Task In_its_last_day_only_a_full_term_is_possible()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        client.Tenant.AdvanceClock(new DateTimeOffset(2027, 3, 9, 0, 0, 1, TimeSpan.Zero));
        var body = Request(legacy.Id);
        await AssertCodes(client, body, 10);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body.DeepClone())).ExpectError(400, 900217);
        body["PurchaseFullTerm"] = true;
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).Expect(201);
    }

    [Fact]
    public async Task A_running_migration_or_an_inactive_subscription_is_not_migrated()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(legacy.Id))).Expect(201);
        await AssertCodes(client, Request(legacy.Id), 1);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(legacy.Id))).ExpectError(400, 900216);
        client.Time.Advance(Delay * 3);
        await AssertCodes(client, Request(legacy.Id), 0);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(legacy.Id))).ExpectError(400, 900215);
    }

    [Fact]
    public async Task An_invalid_reseller_blocks_a_migration()
    {
        using var client = new Client("edge-cases");
        var customer = client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == "Reseller no longer valid");
        var answer = (await client.Post($"v1/customers/{customer.Id}/migrations/newcommerce/validate", Request(customer.Subscriptions[0].Id))).Expect(200).Json;
        Assert.Contains(9, answer["errors"]!.AsArray().Select(error => (int)error!["code"]!));
    }

    [Fact]
    public async Task A_base_is_migrated_with_its_add_ons()
    {
        using var client = Client();
        var (plan, storage) = await BuyWithAddOn(client);
        var eligibility = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", Request(plan))).Expect(200).Json;
        Assert.Equal(storage, (string?)Assert.Single(eligibility["addOnMigrations"]!.AsArray())!["currentSubscriptionId"]);

        var body = Request(plan);
        var addOn = Request(storage.ToLowerInvariant());
        (addOn["Quantity"], addOn["TermDuration"]) = (7, "P1M");
        body["AddOnMigrations"] = new JsonArray(addOn);
        var started = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).Expect(201).Json;
        Assert.Equal((7, "P1M"), ((int)started["addOnMigrations"]![0]!["quantity"]!, (string?)started["addOnMigrations"]![0]!["termDuration"]));
        client.Time.Advance(Delay * 3);
        var completed = (await client.Get($"{client.CustomerPath}/migrations/newcommerce/{started["id"]}")).Json;
        var made = client.Customer.Subscriptions.Single(subscription => subscription.Id == (string?)completed["addOnMigrations"]![0]!["newCommerceSubscriptionId"]);
        Assert.Equal((7, null, "active"), (made.Quantity, made.ParentSubscriptionId, made.Status));
        Assert.All(client.Customer.Subscriptions.Where(subscription => subscription.Id == plan || subscription.Id == storage), subscription => Assert.Equal("suspended", subscription.Status));
    }

    [Fact]
    public async Task Add_ons_are_listed_once_and_belong_to_the_base()
    {
        using var client = Client();
        var (plan, storage) = await BuyWithAddOn(client);
        var body = Request(plan);
        body["AddOnMigrations"] = new JsonArray(Request(storage), Request(storage));
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body.DeepClone())).ExpectError(400, 900248);
        body["AddOnMigrations"] = new JsonArray(Request(client.Source.Id));
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", body)).ExpectError(400, 900262);
    }

    [Fact]
    public async Task An_add_on_that_cannot_be_migrated_blocks_its_base()
    {
        using var client = Client();
        var plan = await Buy(client, Offers.OperationsPlan, 20);
        var addOn = new { LineItems = new[] { new { LineItemNumber = 1, OfferId = Offers.Storage, ParentSubscriptionId = plan.Id, Quantity = 2 } } };
        _ = (await client.Patch($"{client.CustomerPath}/orders/{client.Customer.Orders[^1].Id}", addOn)).Expect(200);
        var answer = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", Request(plan.Id))).Expect(200).Json;
        Assert.Equal((false, 4, 7), ((bool)answer["isEligible"]!, (int)answer["errors"]![0]!["code"]!, (int)answer["addOnMigrations"]![0]!["errors"]![0]!["code"]!));
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(plan.Id))).ExpectError(403, 900226);
    }

    [Fact]
    public async Task If_provisioning_fails_the_migration_fails_and_the_subscription_continues()
    {
        using var client = new Client("edge-cases", options => options.ProvisioningDelay = Delay);
        var path = "v1/customers/" + client.Tenant.GetState().Customers.Single(customer => customer.CompanyName == "Provisioning fails").Id;
        _ = (await client.Order(path, Offers.TeamMembers, 5, null)).Expect(201);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(60));
        var id = (string)(await client.Get(path + "/subscriptions")).Items.Single(item => (string?)item!["offerId"] == Offers.TeamMembers)!["id"]!;
        var started = (await client.Post(path + "/migrations/newcommerce", Request(id))).Expect(201).Json;
        client.Time.Advance(Delay);
        Assert.Equal("Failed", (string?)(await client.Get($"{path}/migrations/newcommerce/{started["id"]}")).Expect(200).Json["status"]);
        Assert.Equal("active", (string?)(await client.Get($"{path}/subscriptions/{id}")).Json["status"]);
    }

    [Fact]
    public async Task A_query_for_migrations_needs_a_condition()
    {
        using var client = Client();
        _ = (await client.Get("v1/migrations/newcommerce")).ExpectError(400, 800002);
        _ = (await client.Get("v1/migrations/newcommerce?CustomerTenantId=x&PageSize=301")).ExpectError(400, 800002);
        _ = (await client.Get(client.CustomerPath + "/migrations/newcommerce/events")).ExpectError(400, 800002);
        _ = (await client.Get(client.CustomerPath + "/migrations/newcommerce/none")).ExpectError(400, 900224);
    }

    [Fact]
    public async Task Migrations_are_listed_page_by_page_with_a_token_in_a_header()
    {
        using var client = Client();
        foreach (var offer in new[] { Offers.TeamMembers, Offers.OperationsPlan, Offers.EngagementPlan })
        {
            var purchased = await Buy(client, offer, 20);
            _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce", Request(purchased.Id))).Expect(201);
        }

        var path = $"v1/migrations/newcommerce?customertenantid={client.Customer.Id}&pagesize=2";
        var first = (await client.Get(path)).Expect(200);
        Assert.Equal(2, first.Json.AsArray().Count);
        var second = (await client.Get(path, ("MS-ContinuationToken", first.Header("MS-ContinuationToken")!))).Expect(200);
        Assert.Single(second.Json.AsArray());
        Assert.Null(second.Header("MS-ContinuationToken"));
        _ = (await client.Get(path, ("MS-ContinuationToken", "none"))).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_migration_is_scheduled_for_a_day()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var path = client.CustomerPath + "/migrations/newcommerce/schedules";
        var body = Request(legacy.Id);
        (body["TargetDate"], body["MigrateOnRenewal"], body["Quantity"]) = ("2026-06-30T00:00:00.000Z", null, 4);
        var created = (await client.Post(path, body)).Expect(201).Json;
        Assert.Equal(("Created", "2026-06-30T00:00:00Z", 4), ((string?)created["status"], (string?)created["targetDate"], (int)created["quantity"]!));
        _ = (await client.Post(path, body.DeepClone())).ExpectError(400, 900216);
        Assert.Equal((string?)created["id"], (string?)Assert.Single((await client.Get("v1/migrations/newcommerce/schedules/?CustomerTenantId=" + client.Customer.Id)).Expect(200).Json.AsArray())!["id"]);

        var change = created.DeepClone();
        (change["targetDate"], change["quantity"]) = ("2026-07-15", "3");
        Assert.Equal("2026-07-15T00:00:00Z", (string?)(await client.Put($"{path}/{created["id"]}", change)).Expect(200).Json["targetDate"]);
        client.Tenant.AdvanceClock(new DateTimeOffset(2026, 7, 14, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal("Created", (string?)(await client.Get($"{path}/{created["id"]}")).Expect(200).Json["status"]);
        client.Tenant.AdvanceClock(new DateTimeOffset(2026, 7, 15, 1, 0, 0, TimeSpan.Zero));
        var executed = (await client.Get($"{path}/{created["id"]}")).Json;
        var migration = (await client.Get($"{client.CustomerPath}/migrations/newcommerce/{executed["newCommerceMigrationId"]}")).Expect(200).Json;
        Assert.Equal(("Completed", "2026-07-15T00:00:00Z", 3), ((string?)migration["status"], (string?)migration["startedTime"], (int)migration["quantity"]!));
        Assert.Equal("suspended", client.Subscription(Offers.TeamMembers).Status);
        _ = (await client.Put($"{path}/{created["id"]}", change)).ExpectError(400, 800002);
        _ = (await client.Post($"{path}/{created["id"]}/cancel", null)).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_migration_is_scheduled_for_the_renewal()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var body = Request(legacy.Id);
        (body["TargetDate"], body["MigrateOnRenewal"]) = (null, true);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce/schedules", body)).Expect(201);
        client.Tenant.AdvanceClock(new DateTimeOffset(2027, 3, 10, 1, 0, 0, TimeSpan.Zero));
        var made = client.Customer.Subscriptions[^1];
        Assert.StartsWith("CFQ7TTC0SB04:", made.OfferId, StringComparison.Ordinal);
        Assert.Equal("2028-03-09T00:00:00Z", made.CommitmentEndDate);
        Assert.NotEqual("active", client.Subscription(Offers.TeamMembers).Status);
    }

    [Fact]
    public async Task A_schedule_is_canceled()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var path = client.CustomerPath + "/migrations/newcommerce/schedules";
        var body = Request(legacy.Id);
        body["targetDate"] = "2026-06-30";
        var created = (await client.Post(path, body)).Expect(201).Json;
        Assert.Equal("Cancelled", (string?)(await client.Post($"{path}/{created["id"]}/cancel", null)).Expect(200).Json["status"]);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(120));
        Assert.Equal("active", client.Subscription(Offers.TeamMembers).Status);
    }

    [Fact]
    public async Task A_schedule_whose_subscription_is_suspended_by_then_fails()
    {
        using var client = Client();
        var legacy = await Buy(client, Offers.TeamMembers, 5);
        var body = Request(legacy.Id);
        body["targetDate"] = "2026-06-30";
        var created = (await client.Post(client.CustomerPath + "/migrations/newcommerce/schedules", body)).Expect(201).Json;
        var path = $"{client.CustomerPath}/subscriptions/{legacy.Id}";
        _ = (await client.Patch(path, Tests.Support.Client.With((await client.Get(path)).Json, ("status", "suspended")))).Expect(200);
        client.Tenant.AdvanceClock(new DateTimeOffset(2026, 6, 30, 1, 0, 0, TimeSpan.Zero));
        var failed = (await client.Get($"{client.CustomerPath}/migrations/newcommerce/schedules/{created["id"]}")).Expect(200).Json;
        Assert.Equal(("Failed", 900215), ((string?)failed["status"], (int)failed["errorCode"]!));
    }

    [Theory]
    [InlineData(null, null, 3000)]
    [InlineData("2026-06-30", true, 3000)]
    [InlineData("2026-05-01", null, 3000)]
    [InlineData("soon", null, 3000)]
    public async Task A_schedule_needs_one_moment(string? targetDate, bool? onRenewal, int code)
    {
        using var client = Client();
        var body = Request((await Buy(client, Offers.TeamMembers, 5)).Id);
        (body["TargetDate"], body["MigrateOnRenewal"]) = (targetDate, onRenewal);
        _ = (await client.Post(client.CustomerPath + "/migrations/newcommerce/schedules", body)).ExpectError(400, code);
        _ = (await client.Get(client.CustomerPath + "/migrations/newcommerce/schedules/none")).ExpectError(404, 1000);
    }

    private static Client Client(string scenario = "contoso") => new(scenario, options => options.ProvisioningDelay = Delay);

    // Purchased on March 10, and two months old like every migrated subscription.
    private static async Task<SandboxSubscription> Buy(Client client, string offerId, int quantity)
    {
        _ = (await client.Order(offerId, quantity, "Our members")).Expect(201);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(60));
        return client.Subscription(offerId);
    }

    private static async Task<(string Plan, string Storage)> BuyWithAddOn(Client client)
    {
        var lines = new[]
        {
            new { LineItemNumber = 0, OfferId = Offers.OperationsPlan, Quantity = 20 },
            new { LineItemNumber = 1, OfferId = Offers.Storage, Quantity = 2 },
        };
        _ = (await client.Post(client.CustomerPath + "/orders", new { BillingCycle = "monthly", LineItems = lines })).Expect(201);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(60));
        return (client.Subscription(Offers.OperationsPlan).Id, client.Subscription(Offers.Storage).Id);
    }

    private static JsonObject Request(string subscriptionId) => new()
    {
        ["Id"] = "",
        ["StartedTime"] = null,
        ["CurrentSubscriptionId"] = subscriptionId,
        ["Status"] = "",
        ["CustomerTenantId"] = "",
        ["Quantity"] = 0,
        ["TermDuration"] = "",
        ["BillingCycle"] = "",
        ["PurchaseFullTerm"] = false,
        ["CustomTermEndDate"] = null,
        ["ExternalReferenceId"] = "",
        ["AddOnMigrations"] = new JsonArray(),
    };

    private static async Task AssertCodes(Client client, JsonObject body, params int[] expected) =>
        Assert.Equal(expected, await Codes(client, body));

    private static async Task<int[]> Codes(Client client, JsonObject body)
    {
        var answer = (await client.Post(client.CustomerPath + "/migrations/newcommerce/validate", body.DeepClone())).Expect(200).Json;
        Assert.Equal(answer["errors"] == null, (bool)answer["isEligible"]!);
        return answer["errors"]?.AsArray().Select(error => (int)error!["code"]!).ToArray() ?? [];
    }

    private static async Task<string[]> Events(Client client, string query) =>
        (await client.Get($"{client.CustomerPath}/migrations/newcommerce/events?{query}")).Expect(200).Json.AsArray().Select(item => (string)item!["eventName"]!).ToArray();

    private static async Task<JsonArray> List(Client client, string query) => (await client.Get("v1/migrations/newcommerce?" + query)).Expect(200).Json.AsArray();
}
