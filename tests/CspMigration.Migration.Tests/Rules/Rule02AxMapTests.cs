using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 2: the documents' table for Dynamics AX. The first target is the default.</summary>
public sealed class Rule02AxMapTests
{
    [Theory]
    [InlineData("9E23E01E-00D0-4402-A5EF-27B275411D5A", Ids.OperationsPlan, Ids.EverythingPlan)]
    [InlineData("87E44AEF-6B4C-402C-8A17-BCD33BF68C51", Ids.Activity)]
    [InlineData("3A602B12-43AA-45CB-8FCD-A3FB61C75FF9", Ids.TeamMembers)]
    [InlineData("82E1CCA5-8E8E-4385-9919-1C2AB2E1776F", Ids.OperationsDevice)]
    public void Each_retired_offer_leads_to_the_offers_of_the_table(string sourceOfferId, params string[] targetOfferIds)
    {
        var mapping = SkuMap.BuiltIn.Find(CatalogItemId.From(sourceOfferId))!;

        Assert.Equal("Dynamics AX", mapping.Family);
        Assert.Equal(targetOfferIds, mapping.Targets.Where(target => !target.IsQualified).Select(target => Assert.Single(target.OfferIds).OfferId));
        Assert.Equal([targetOfferIds[0]], mapping.Targets.Where(target => target.IsDefault).Select(target => target.OfferIds[0].OfferId));
    }

    [Theory]
    [InlineData("AX Enterprise", Ids.OperationsPlan)]
    [InlineData("AX Task", Ids.Activity)]
    [InlineData("AX Self Serve", Ids.TeamMembers)]
    [InlineData("AX Device", Ids.OperationsDevice)]
    public async Task Each_customer_s_users_get_the_default(string customer, string offerId)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var ended = await run.FinishAsync(await run.FindAsync(customer));

        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        var bought = Assert.Single(run.Customer(customer).Subscriptions, subscription => subscription.OfferId == offerId);
        Assert.All(run.Customer(customer).Users, user => Assert.Equal(bought.SkuId, Assert.Single(user.Licenses).SkuId));
    }
}
