using System;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>The clock starts on March 10 at noon; the source expires on April 9.</summary>
public class LifecycleTests
{
    [Theory]
    [InlineData("2026-04-09T23:59:59Z", "active")]
    [InlineData("2026-04-10T00:00:00Z", "expired")]
    [InlineData("2026-07-08T23:59:59Z", "expired")]
    [InlineData("2026-07-09T00:00:00Z", "deleted")]
    public void Without_renewal_it_ends_with_its_last_day(string moment, string status)
    {
        using var client = new Client();
        client.Tenant.AdvanceClock(Moment(moment));
        Assert.Equal(status, client.Source.Status);
    }

    [Fact]
    public async Task With_renewal_it_begins_another_term()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("autoRenewEnabled", true)))).Expect(200);
        client.Tenant.AdvanceClock(Moment("2026-04-10T00:00:00Z"));
        Assert.Equal("active", client.Source.Status);
        Assert.Equal("2027-04-09T00:00:00Z", client.Source.CommitmentEndDate);
        client.Tenant.AdvanceClock(Moment("2029-01-01T00:00:00Z"));
        Assert.Equal("2029-04-09T00:00:00Z", client.Source.CommitmentEndDate);
    }

    [Fact]
    public async Task Suspended_it_is_deleted_at_the_end_of_its_term()
    {
        using var client = new Client();
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "suspended")))).Expect(200);
        client.Tenant.AdvanceClock(Moment("2026-04-09T23:59:59Z"));
        Assert.Equal("suspended", client.Source.Status);
        client.Tenant.AdvanceClock(Moment("2026-04-10T00:00:00Z"));
        Assert.Equal("deleted", client.Source.Status);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "active")))).ExpectError(400, 2011);
    }

    [Fact]
    public async Task Suspended_it_is_deleted_after_ninety_days_where_the_term_is_longer()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(201);
        var path = $"{client.CustomerPath}/subscriptions/{client.Subscription(Offers.OperationsPlan).Id}";
        _ = (await client.Patch(path, Client.With((await client.Get(path)).Json, ("status", "suspended")))).Expect(200);
        client.Tenant.AdvanceClock(Moment("2026-06-08T23:59:59Z"));
        Assert.Equal("suspended", client.Subscription(Offers.OperationsPlan).Status);
        client.Tenant.AdvanceClock(Moment("2026-06-09T00:00:00Z"));
        Assert.Equal("deleted", client.Subscription(Offers.OperationsPlan).Status);
    }

    [Fact]
    public async Task An_ended_subscription_cannot_be_changed()
    {
        using var client = new Client();
        client.Tenant.AdvanceClock(TimeSpan.FromDays(40));
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("status", "active")))).ExpectError(400, 900279);
    }

    [Fact]
    public async Task A_purchase_has_a_term_of_one_year_and_renews()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(201);
        var purchased = client.Subscription(Offers.OperationsPlan);
        Assert.True(purchased.AutoRenewEnabled);
        Assert.Equal("2027-03-09T00:00:00Z", purchased.CommitmentEndDate);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
