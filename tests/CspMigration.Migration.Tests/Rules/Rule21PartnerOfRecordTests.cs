using System;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 21: the purchase carries the source's partner of record; -PartnerIdOnRecord overrides.</summary>
public sealed class Rule21PartnerOfRecordTests
{
    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task The_source_s_reseller_stays_on_record(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Reseller of record");

        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Commerce = commerce });

        Assert.Equal(("4567890", "4567890"), (source.PartnerIdOnRecord, bought.PartnerIdOnRecord));
        Assert.Equal("4567890", await PartnerAsync(run, bought));
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task Another_can_be_named(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var bought = await run.BuyOneAsync(
            await run.FindOneAsync("Reseller of record"), new PurchaseOptions { Commerce = commerce, PartnerIdOnRecord = "1112223" });

        Assert.Equal("1112223", bought.PartnerIdOnRecord);
        Assert.Equal("1112223", await PartnerAsync(run, bought));
    }

    [Fact]
    public async Task A_source_without_one_gives_none()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        Assert.True(string.IsNullOrEmpty(bought.PartnerIdOnRecord));
        Assert.True(string.IsNullOrEmpty(await PartnerAsync(run, bought)));
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task One_that_is_not_valid_any_more_is_refused_and_the_advice_is_to_name_another(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Reseller no longer valid");

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Commerce = commerce });
        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Commerce = commerce, PartnerIdOnRecord = "1112223" });

        Assert.Contains("-PartnerIdOnRecord", error.Message, StringComparison.Ordinal);
        Assert.Equal((TargetOutcome.Purchased, "1112223"), (bought.Outcome, bought.PartnerIdOnRecord));
    }

    [Fact]
    public async Task A_purchase_without_a_source_carries_the_one_named()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var bought = await run.BuyNewAsync(
            run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1, PartnerIdOnRecord = "1112223" });

        Assert.Equal("1112223", await PartnerAsync(run, bought));
    }

    private static async Task<string?> PartnerAsync(SandboxRun run, TargetSubscription target)
    {
        using var service = new DirectService(run.Tenant);
        return (string?)(await service.GetAsync($"customers/{target.CustomerId}/subscriptions/{target.TargetSubscriptionId}"))["partnerId"];
    }
}
