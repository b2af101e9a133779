using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>
/// What happens when a term of new commerce ends. All purchases are on March 10, 2026, at noon. So a year ends on
/// March 9, 2027, and can be extended; a month ends on April 9, 2026, which is too early for that.
/// </summary>
public class EndOfTermTests
{
    private const string Sales = "CFQ7TTC0SB07";

    [Theory]
    [InlineData("""[{"scheduleType":"TermEnd","actionType":"Cancel"}]""")]
    [InlineData("""{"ScheduledType":"termend","ActionType":"CANCEL"}""")]
    [InlineData("""[{"scheduledType":"term_end","actionType":"cancel","effectiveDate":null,"instructions":null}]""")]
    public async Task An_action_is_read_in_both_shapes_and_spellings(string actions)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var changed = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", JsonNode.Parse(actions)))).Expect(200).Json;
        Assert.Equal("""[{"scheduleType":"TermEnd","actionType":"Cancel"}]""", changed["scheduledActions"]!.ToJsonString());
        Assert.Null(changed["scheduledNextTermInstructions"]);
        Assert.Equal(("Ends", "Cancel"), (client.Now(purchased).EndOfTerm, Assert.Single(client.Now(purchased).ScheduledActions).ActionType));
    }

    [Theory]
    [InlineData("""[{"scheduleType":"TermEnd","actionType":"Stop"}]""", 400, 3000)]
    [InlineData("""[{"scheduleType":"Soon","actionType":"Cancel"}]""", 400, 3000)]
    [InlineData("""[{"actionType":"Cancel"}]""", 400, 3000)]
    [InlineData("""[{"scheduleType":"TermEnd"}]""", 400, 3000)]
    [InlineData("""[{"scheduleType":"TermEnd","actionType":"RenewToNewTerm"}]""", 400, 3000)]
    [InlineData("""[{"scheduleType":"TermEnd","actionType":"Cancel"},{"scheduleType":"TermEnd","actionType":"Cancel"}]""", 400, 3000)]
    public async Task An_invalid_action_is_refused(string actions, int status, int code)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", JsonNode.Parse(actions)))).ExpectError(status, code);
        Assert.True(client.Now(purchased).AutoRenewEnabled);
    }

    [Theory]
    [InlineData("CustomDate", "Cancel")]
    [InlineData("TermEnd", "Transition")]
    public async Task Undocumented_actions_are_not_modeled(string schedule, string action)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var actions = new JsonArray(new JsonObject { ["scheduleType"] = schedule, ["actionType"] = action });
        Assert.Equal(501, (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", actions))).Status);
    }

    [Fact]
    public async Task A_subscription_canceled_at_its_end_ends_at_once_and_for_good()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("Cancel")))).Expect(200);
        client.To("2026-04-09T23:59:59Z");
        Assert.Equal("active", client.Now(purchased).Status);
        client.To("2026-04-10T00:00:00Z");
        Assert.Equal("disabled", client.Now(purchased).Status);
        var pool = (await client.Get(client.CustomerPath + "/subscribedskus")).Items.Single(sku => (string?)sku!["productSku"]!["id"] == Offers.TeamMembersSku)!;
        Assert.Equal((0, 10), ((int)pool["activeUnits"]!, (int)pool["suspendedUnits"]!));
        _ = (await client.Change(purchased, ("status", "active"))).ExpectError(400, 900279);
        client.To("2026-07-09T00:00:00Z");
        Assert.Equal("deleted", client.Now(purchased).Status);
    }

    [Fact]
    public async Task The_service_extends_within_a_day_what_neither_renews_nor_has_an_action()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Null((await client.Get(client.Path(purchased))).Json["scheduledActions"]);
        client.Tenant.AdvanceClock(TimeSpan.FromSeconds(1));
        Assert.Equal("RenewToExtendedServiceTerm", (string?)(await client.Get(client.Path(purchased))).Json["scheduledActions"]![0]!["actionType"]);
        Assert.Equal("Extends", client.Now(purchased).EndOfTerm);

        _ = (await client.Change(purchased, ("scheduledActions", Action("Cancel")))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(30));
        Assert.Equal("Ends", client.Now(purchased).EndOfTerm);
    }

    [Fact]
    public async Task An_extension_continues_month_by_month_and_can_only_be_canceled_or_converted_back()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("RenewToExtendedServiceTerm")))).Expect(200);
        client.To("2027-03-10T00:00:00Z");
        var extended = (await client.Get(client.Path(purchased))).Json;
        Assert.Equal(("active", "P1M", "monthly"), ((string?)extended["status"], (string?)extended["termDuration"], (string?)extended["billingCycle"]));
        Assert.Equal(("2027-04-09T00:00:00Z", "2027-04-10T00:00:00Z"), ((string?)extended["commitmentEndDate"], (string?)extended["cancellationAllowedUntilDate"]));
        client.To("2027-05-20T00:00:00Z");
        Assert.Equal("2027-06-09T00:00:00Z", client.Now(purchased).CommitmentEndDate);
        _ = (await client.Change(purchased, ("quantity", 12))).ExpectError(400, 900279);
        _ = (await client.Change(purchased, ("status", "suspended"))).ExpectError(400, 900279);
        _ = (await client.Change(purchased, ("friendlyName", "Still here"))).Expect(200);
        _ = (await client.Change(purchased, ("status", "deleted"))).Expect(200);
        Assert.Equal("deleted", client.Now(purchased).Status);
    }

    [Fact]
    public async Task An_extension_with_auto_renew_returns_to_its_former_term()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false))).Expect(200);
        client.To("2027-03-20T00:00:00Z");
        Assert.Equal("P1M", client.Now(purchased).TermDuration);
        _ = (await client.Change(purchased, ("autoRenewEnabled", true))).Expect(200);
        Assert.Equal("Renews", client.Now(purchased).EndOfTerm);
        client.To("2027-04-10T00:00:00Z");
        Assert.Equal(("P1Y", "2028-04-09T00:00:00Z"), (client.Now(purchased).TermDuration, client.Now(purchased).CommitmentEndDate));
        _ = (await client.Change(purchased, ("quantity", 12))).Expect(200);
    }

    [Fact]
    public async Task A_term_that_ends_before_extensions_existed_cannot_be_extended()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("RenewToExtendedServiceTerm")))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(2));
        Assert.Equal(("Ends", 0), (client.Now(purchased).EndOfTerm, client.Now(purchased).ScheduledActions.Count));
    }

    [Fact]
    public async Task With_the_option_keep_the_service_extends_no_term()
    {
        using var client = new Client("contoso:endOfTerm=keep");
        var one = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var other = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(one, ("autoRenewEnabled", false))).Expect(200);
        _ = (await client.Change(other, ("autoRenewEnabled", false), ("scheduledActions", Action("RenewToExtendedServiceTerm")))).Expect(200);
        client.To("2027-03-10T00:00:00Z");
        Assert.Equal(("expired", "active"), (client.Now(one).Status, client.Now(other).Status));
    }

    [Fact]
    public async Task With_the_option_refuse_scheduledActions_is_refused_and_the_older_form_is_not()
    {
        using var client = new Client("contoso:endOfTerm=refuse");
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("Cancel")))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledActions", new JsonArray()), ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", 7)))).Expect(200);
        _ = (await client.Change(purchased, ("friendlyName", "Sent back whole"))).Expect(200);
        Assert.Equal(7, Assert.Single(client.Now(purchased).ScheduledActions).Quantity);
    }

    [Fact]
    public async Task With_the_option_ignore_scheduledActions_is_accepted_and_dropped()
    {
        using var client = new Client("contoso:endOfTerm=ignore");
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var changed = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("Cancel")))).Expect(200).Json;
        Assert.Equal((false, null), ((bool)changed["autoRenewEnabled"]!, changed["scheduledActions"]));
        client.Tenant.AdvanceClock(TimeSpan.FromHours(24));
        Assert.Equal("Extends", client.Now(purchased).EndOfTerm);
    }

    [Theory]
    [InlineData("quantity", "12")]
    [InlineData("autoRenewEnabled", "false")]
    [InlineData("status", "\"suspended\"")]
    [InlineData("scheduledActions", "null")]
    public async Task An_earlier_change_removes_a_scheduled_term(string member, string value)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var scheduled = (await client.Change(purchased, ("scheduledActions", Renewal("CFQ7TTC0SB04", 7)))).Expect(200).Json;
        Assert.Equal(scheduled["scheduledNextTermInstructions"]!.ToJsonString(), scheduled["scheduledActions"]![0]!["instructions"]!.ToJsonString());
        Assert.NotNull((await client.Change(purchased, ("friendlyName", "Sent back whole"))).Expect(200).Json["scheduledActions"]);
        var instructions = member == "scheduledActions" ? null : scheduled["scheduledNextTermInstructions"]!.DeepClone();
        var changed = (await client.Change(purchased, (member, JsonNode.Parse(value)), ("scheduledNextTermInstructions", instructions))).Expect(200).Json;
        Assert.Equal((null, null), (changed["scheduledActions"], changed["scheduledNextTermInstructions"]));
    }

    [Fact]
    public async Task A_change_of_seats_or_a_body_without_it_removes_a_scheduled_cancellation()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        foreach (var change in new JsonObject[] { new() { ["quantity"] = 11 }, new() { ["friendlyName"] = "Only this" } })
        {
            _ = (await client.Change(purchased, ("autoRenewEnabled", false), ("scheduledActions", Action("Cancel")))).Expect(200);
            Assert.Equal("Ends", client.Now(purchased).EndOfTerm);
            Assert.Null((await client.Patch(client.Path(purchased), change)).Expect(200).Json["scheduledActions"]);
            Assert.Equal("Extends", client.Now(purchased).EndOfTerm);
        }
    }

    [Fact]
    public async Task Actions_have_priority_over_the_older_form_but_an_empty_list_has_not()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var older = ("scheduledNextTermInstructions", (JsonNode?)NextTerm("CFQ7TTC0SB04", 5));
        _ = (await client.Change(purchased, ("scheduledActions", Renewal("CFQ7TTC0SB04", 7)), older)).Expect(200);
        Assert.Equal(7, Assert.Single(client.Now(purchased).ScheduledActions).Quantity);
        _ = (await client.Change(purchased, ("scheduledActions", new JsonArray()), ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", 5)))).Expect(200);
        Assert.Equal(5, Assert.Single(client.Now(purchased).ScheduledActions).Quantity);
    }

    [Fact]
    public async Task An_action_and_the_renewal_do_not_contradict_each_other()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.Change(purchased, ("scheduledActions", Action("Cancel")))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledActions", Renewal("CFQ7TTC0SB04", 7)), ("autoRenewEnabled", false))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledActions", Action("Cancel")), ("autoRenewEnabled", false))).Expect(200);
        Assert.Null((await client.Change(purchased, ("autoRenewEnabled", true))).Expect(200).Json["scheduledActions"]);
        Assert.Equal("Renews", client.Now(purchased).EndOfTerm);
    }

    [Theory]
    [InlineData(10, Offers.SalesSku)]
    [InlineData(12, Offers.SalesProSku)]
    public async Task It_renews_into_another_product_and_licenses_follow_where_the_seats_stay(int quantity, string held)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.SalesProSku, 10);
        var user = client.Customer.Users[0].Id;
        _ = (await client.UpdateLicenses(user, [Offers.SalesProSku])).Expect(201);
        _ = (await client.Change(purchased, ("scheduledActions", Renewal(Sales, quantity)))).Expect(200);
        Assert.Equal("RenewsIntoAnother", client.Now(purchased).EndOfTerm);
        client.To("2027-03-10T00:00:00Z");
        var renewed = client.Now(purchased);
        Assert.Equal((Sales, quantity, "2028-03-09T00:00:00Z", "active"), (renewed.ProductId, renewed.Quantity, renewed.CommitmentEndDate, renewed.Status));
        Assert.Contains(client.Customer.Users.Single(candidate => candidate.Id == user).Licenses, license => license.SkuId == held);
        Assert.Equal("Renews", renewed.EndOfTerm);
    }

    [Fact]
    public async Task It_renews_only_into_what_is_among_the_scheduled_eligibilities()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.SalesProSku, 10);
        _ = (await client.Change(purchased, ("scheduledActions", Renewal("CFQ7TTC0SB08", 10)))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledActions", Renewal("CFQ7TTC0SB0J", 10)))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledActions", Renewal(Sales, 0)))).ExpectError(400, 2002);
    }

    private static JsonArray Action(string type) => [new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = type }];

    private static JsonArray Renewal(string productId, int quantity) =>
        [new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = "RenewToNewTerm", ["instructions"] = NextTerm(productId, quantity) }];

    private static JsonObject NextTerm(string productId, int quantity) => new()
    {
        ["product"] = new JsonObject { ["productId"] = productId, ["skuId"] = "0001", ["availabilityId"] = null, ["billingCycle"] = "Monthly", ["termDuration"] = "P1Y", ["promotionId"] = null },
        ["quantity"] = quantity,
        ["customTermEndDate"] = null,
    };
}
