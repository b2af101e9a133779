using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 3: the documents' table for Dynamics CRM Online. The first target is the default.</summary>
public sealed class Rule03CrmMapTests
{
    // By offer id, or by part number where no one knows the offer id.
    [Theory]
    [InlineData("CRMENTERPRISE", Ids.EngagementPlan1)]
    [InlineData("921CB1B8-A289-4437-A0B8-11104BCC3CBA", Ids.EngagementPlan1, Ids.Sales, Ids.CustomerService)]
    [InlineData("4443CB9E-651E-4295-BE7C-5BC89D1E3916", Ids.EngagementPlan1, Ids.Sales, Ids.CustomerService)]
    [InlineData("4271AA57-4129-477E-BA88-0A276D4A1619", Ids.EngagementPlan1, Ids.Sales, Ids.CustomerService)]
    [InlineData("FFB8BB89-9573-4E76-840F-6521450325A1", Ids.TeamMembers, Ids.Sales, Ids.CustomerService, Ids.EngagementPlan1)]
    [InlineData("66EAFF1C-2D07-40CE-A66F-8E49987FE910", Ids.TeamMembers, Ids.Sales, Ids.CustomerService, Ids.EngagementPlan1)]
    [InlineData("D431DE8A-1AC2-49DD-A6F5-07F3A0A880FF", Ids.TeamMembers)]
    [InlineData("378A8B77-E3F3-4AB7-A784-A6803F2E78E9", Ids.TeamMembers)]
    [InlineData("845E8166-3091-4991-B762-E875771BF945", Ids.EngagementPlan1, Ids.FieldService)]
    [InlineData("CE541D2E-E204-4934-A66A-AC12421E0784", Ids.EngagementPlan1, Ids.ProjectService)]
    public void Each_retired_offer_leads_to_the_offers_of_the_table(string source, params string[] targetOfferIds)
    {
        var mapping = SkuMap.BuiltIn.Find(CatalogItemId.From(source)) ?? SkuMap.BuiltIn.Find(offerId: null, partNumber: source)!;

        Assert.Equal("Dynamics CRM Online", mapping.Family);
        Assert.Equal(targetOfferIds, mapping.Targets.Where(target => !target.IsQualified).Select(target => target.OfferIds[0].OfferId));
        Assert.Equal([targetOfferIds[0]], mapping.Targets.Where(target => target.IsDefault).Select(target => target.OfferIds[0].OfferId));
    }

    [Theory]
    [InlineData("CRM Online Enterprise", Ids.EngagementPlan1)]
    [InlineData("CRM Online Professional", Ids.EngagementPlan1)]
    [InlineData("CRM Online Basic", Ids.TeamMembers)]
    [InlineData("CRM Online Essential", Ids.TeamMembers)]
    [InlineData("CRM Field Service add-on", Ids.EngagementPlan1)]
    [InlineData("CRM Project Service Automation add-on", Ids.EngagementPlan1)]
    public async Task Each_customer_s_users_get_the_default(string customer, string offerId)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");
        var source = await run.FindOneAsync(customer);

        var ended = await run.FinishAsync([source]);

        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        var bought = Assert.Single(run.Customer(customer).Subscriptions, subscription => subscription.OfferId == offerId);
        var sourceSku = run.Subscription(source.SubscriptionId!).SkuId;
        Assert.All(run.Customer(customer).Users, user =>
        {
            Assert.Contains(user.Licenses, license => license.SkuId == bought.SkuId);
            Assert.DoesNotContain(user.Licenses, license => license.SkuId == sourceSku);
        });
    }
}
