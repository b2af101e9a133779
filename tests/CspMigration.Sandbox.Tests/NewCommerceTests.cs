using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Subscriptions of new commerce, purchased on March 10 at noon.</summary>
public class NewCommerceTests
{
    [Fact]
    public async Task It_reads_as_documented_and_has_no_etag()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var resource = (await client.Get(client.Path(purchased))).Expect(200).Json;
        Assert.Equal("OnlineServicesNCE", (string?)resource["productType"]!["id"]);
        Assert.Equal(purchased.OfferId, (string?)resource["offerId"]);
        Assert.Equal("P1Y", (string?)resource["termDuration"]);
        Assert.Equal("2027-03-09T00:00:00Z", (string?)resource["commitmentEndDate"]);
        Assert.Equal("2026-03-17T12:00:00Z", (string?)resource["cancellationAllowedUntilDate"]);
        Assert.Equal(10, (int)resource["refundableQuantity"]!["totalQuantity"]!);
        Assert.True((bool)resource["autoRenewEnabled"]!);
        Assert.Null(resource["attributes"]!["etag"]);
        Assert.NotNull(resource["links"]!["availability"]);
        _ = (await client.Patch(client.Path(purchased), resource, ("If-Match", "\"anything\""))).Expect(200);
    }

    [Fact]
    public async Task Seats_can_be_refunded_for_seven_days_batch_by_batch()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(5));
        _ = (await client.Change(purchased, ("quantity", 15))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(3));
        _ = (await client.Change(purchased, ("quantity", 9))).ExpectError(400, 800090);
        _ = (await client.Change(purchased, ("quantity", 11))).Expect(200);
        Assert.Equal(1, (int)(await client.Get(client.Path(purchased))).Json["refundableQuantity"]!["totalQuantity"]!);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(5));
        _ = (await client.Change(purchased, ("quantity", 10))).ExpectError(400, 800090);
        _ = (await client.Change(purchased, ("quantity", 0))).ExpectError(400, 2002);
    }

    [Fact]
    public async Task It_can_be_canceled_within_seven_days_and_not_later()
    {
        using var client = new Client();
        var one = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        var other = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(6));
        _ = (await client.Change(one, ("status", "deleted"))).Expect(200);
        Assert.Equal("deleted", client.Now(one).Status);
        _ = (await client.Change(one, ("status", "active"))).ExpectError(400, 2011);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(2));
        _ = (await client.Change(other, ("status", "deleted"))).ExpectError(400, 900117);
    }

    [Fact]
    public async Task Without_renewal_it_expires_then_is_disabled_then_deleted()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        Assert.Equal("2026-04-09T00:00:00Z", purchased.CommitmentEndDate);
        _ = (await client.Change(purchased, ("autoRenewEnabled", false))).Expect(200);
        client.To("2026-04-10T00:00:00Z");
        Assert.Equal("expired", client.Now(purchased).Status);
        var pool = (await client.Get(client.CustomerPath + "/subscribedskus")).Items.Single(sku => (string?)sku!["productSku"]!["id"] == Offers.TeamMembersSku)!;
        Assert.Equal((10, 0, "Warning"), ((int)pool["warningUnits"]!, (int)pool["activeUnits"]!, (string?)pool["capabilityStatus"]));
        _ = (await client.Change(purchased, ("status", "active"))).ExpectError(400, 900279);
        client.To("2026-05-10T00:00:00Z");
        Assert.Equal("disabled", client.Now(purchased).Status);
        client.To("2026-08-07T23:59:59Z");
        Assert.Equal("disabled", client.Now(purchased).Status);
        client.To("2026-08-08T00:00:00Z");
        Assert.Equal("deleted", client.Now(purchased).Status);
    }

    [Fact]
    public async Task Suspended_it_can_be_reactivated_until_its_term_ends()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        _ = (await client.Change(purchased, ("status", "suspended"))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(20));
        _ = (await client.Change(purchased, ("status", "active"))).Expect(200);
        _ = (await client.Change(purchased, ("status", "suspended"))).Expect(200);
        client.To("2026-04-10T00:00:00Z");
        Assert.Equal("disabled", client.Now(purchased).Status);
        client.To("2026-08-08T00:00:00Z");
        Assert.Equal("deleted", client.Now(purchased).Status);
    }

    [Fact]
    public async Task With_renewal_it_begins_another_term_and_another_window()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        client.To("2026-04-11T00:00:00Z");
        Assert.Equal("2026-05-09T00:00:00Z", client.Now(purchased).CommitmentEndDate);
        _ = (await client.Change(purchased, ("quantity", 4))).Expect(200);
        _ = (await client.Change(purchased, ("status", "deleted"))).Expect(200);
    }

    [Fact]
    public async Task Scheduled_instructions_take_effect_when_the_next_term_begins()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        var next = NextTerm("CFQ7TTC0SB04", "P1Y", 7);
        var changed = (await client.Change(purchased, ("scheduledNextTermInstructions", next))).Expect(200).Json;
        Assert.Equal("P1Y", (string?)changed["scheduledNextTermInstructions"]!["product"]!["termDuration"]);
        _ = (await client.Change(purchased, ("friendlyName", "Renamed"))).Expect(200);
        client.To("2026-04-10T00:00:00Z");
        Assert.Equal((7, "2027-04-09T00:00:00Z"), (client.Now(purchased).Quantity, client.Now(purchased).CommitmentEndDate));
        Assert.Null((await client.Get(client.Path(purchased))).Json["scheduledNextTermInstructions"]);
    }

    [Fact]
    public async Task Scheduled_instructions_are_checked_and_removed_by_null_or_a_suspension()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", "P1Y", 7)), ("autoRenewEnabled", false))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB99", "P1Y", 7)))).ExpectError(404, 400013);
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", "P9Y", 7)))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB02", "P1Y", 7)))).ExpectError(400, 3000);
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", "P1Y", 0)))).ExpectError(400, 2002);
        foreach (var change in new (string, JsonNode?)[][] { [("scheduledNextTermInstructions", null), ("scheduledActions", null)], [("status", "suspended")] })
        {
            _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", "P1Y", 7)))).Expect(200);
            Assert.Null((await client.Change(purchased, change)).Expect(200).Json["scheduledNextTermInstructions"]);
        }
    }

    [Fact]
    public async Task The_next_term_needs_an_availability_of_the_day()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        var next = NextTerm("CFQ7TTC0SB04", "P1Y", 7);
        next["product"]!["availabilityId"] = "CFQ7TTC0XXXX";
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", next.DeepClone()))).ExpectError(404, 400019);
        next["product"]!["skuId"] = "0009";
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", next.DeepClone()))).ExpectError(404, 400018);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        next["product"]!["skuId"] = "0001";
        next["product"]!["availabilityId"] = purchased.OfferId.Split(':')[2];
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", next.DeepClone()))).ExpectError(404, 400019);
        next["product"]!["availabilityId"] = (await Shop.Find(client, client.CustomerPath, Offers.TeamMembersSku))!.Split(':')[2];
        next["Quantity"] = "8";
        _ = next.Remove("quantity");
        Assert.Equal(8, (int)(await client.Change(purchased, ("scheduledNextTermInstructions", next))).Expect(200).Json["scheduledNextTermInstructions"]!["quantity"]!);
    }

    [Fact]
    public async Task Scheduled_instructions_can_be_sent_back_after_their_availability_changed()
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        _ = (await client.Change(purchased, ("scheduledNextTermInstructions", NextTerm("CFQ7TTC0SB04", "P1Y", 7)))).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(3));
        Assert.NotNull((await client.Change(purchased, ("friendlyName", "Renamed"))).Expect(200).Json["scheduledNextTermInstructions"]);
    }

    [Theory]
    [InlineData("2026-12-31T00:00:00", 0)]
    [InlineData("2027-04-09", 0)]
    [InlineData("2026-12-15", 900246)]
    [InlineData("2027-04-30", 900245)]
    [InlineData("2026-04-09", 900245)]
    public async Task The_next_term_ends_on_its_custom_date(string day, int code)
    {
        using var client = new Client();
        var purchased = await Shop.Buy(client, Offers.TeamMembersSku, 10, "P1M");
        var next = NextTerm("CFQ7TTC0SB04", "P1Y", 10);
        next["customTermEndDate"] = day;
        var reply = await client.Change(purchased, ("scheduledNextTermInstructions", next));
        if (code != 0)
        {
            _ = reply.ExpectError(400, code);
            return;
        }

        Assert.StartsWith(day[..10], (string?)reply.Expect(200).Json["scheduledNextTermInstructions"]!["customTermEndDate"], StringComparison.Ordinal);
        client.To("2026-04-10T00:00:00Z");
        Assert.StartsWith(day[..10], client.Now(purchased).CommitmentEndDate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceling_a_source_whose_seats_are_held_is_a_violation()
    {
        using var client = new Client();
        var source = await Shop.Buy(client, Offers.TeamMembersSku, 10);
        _ = (await client.UpdateLicenses(client.Customer.Users[0].Id, [Offers.TeamMembersSku])).Expect(201);
        _ = await Shop.Buy(client, Offers.EngagementPlanSku, 10, name: $"Target (from {source.Id[..8]})");
        _ = (await client.Change(source, ("status", "deleted"))).Expect(200);
        Assert.Contains(source.Id, Assert.Single(client.Tenant.GetState().Violations), StringComparison.Ordinal);
    }

    private static JsonObject NextTerm(string productId, string term, int quantity) => new()
    {
        ["product"] = new JsonObject { ["productId"] = productId, ["skuId"] = "0001", ["termDuration"] = term, ["billingCycle"] = "Monthly" },
        ["quantity"] = quantity,
    };
}
