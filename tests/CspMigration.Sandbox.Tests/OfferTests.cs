using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class OfferTests
{
    [Fact]
    public async Task The_catalog_lists_the_targets_and_no_retired_offers()
    {
        using var client = new Client();
        var offers = (await client.Get("v1/offers?country=US")).Expect(200).Items;
        var ids = offers.Select(offer => (string)offer!["id"]!).ToList();
        Assert.Contains(Offers.OperationsPlan, ids);
        Assert.DoesNotContain(Offers.AxEnterprise, ids);
        Assert.True(ids.Count > 40);
        _ = (await client.Get($"v1/offers/{Offers.AxEnterprise}?country=US")).ExpectError(404, 1000);
    }

    [Fact]
    public async Task An_offer_reads_as_documented_and_leads_to_its_directory_sku()
    {
        using var client = new Client();
        var offer = (await client.Get($"v1/offers/{Offers.OperationsPlan.ToLowerInvariant()}?country=us")).Expect(200).Json;
        Assert.Equal("Dynamics 365 Unified Operations Plan", (string?)offer["name"]);
        Assert.Equal(20, (int)offer["minimumQuantity"]!);
        Assert.Equal("US", (string?)offer["country"]);
        Assert.Equal(["annual", "monthly"], offer["supportedBillingCycles"]!.AsArray().Select(cycle => (string)cycle!));
        Assert.True((bool)offer["isAvailableForPurchase"]!);
        Assert.Equal("None", (string?)offer["limitUnitOfMeasure"]);
        Assert.Equal("license", (string?)offer["billing"]);
        Assert.Equal(Offers.OperationsPlanSku.ToUpperInvariant(), (string?)offer["product"]!["id"]);
        Assert.Equal("Enterprise_Key", (string?)offer["category"]!["id"]);
        Assert.True((bool)offer["hasAddOns"]!);
    }

    [Fact]
    public async Task The_trial_has_its_own_heading_limit_cycle_and_conversion()
    {
        using var client = new Client();
        var trial = Assert.Single((await client.Get("v1/offers?country=US&offer_category_id=trial_key")).Expect(200).Items)!;
        Assert.Equal(Offers.EngagementPlanTrial, (string?)trial["id"]);
        Assert.True((bool)trial["isTrial"]!);
        Assert.Equal(25, (int)trial["minimumQuantity"]!);
        Assert.Equal(1, (int)trial["limit"]!);
        Assert.Equal("Lifetime", (string?)trial["limitUnitOfMeasure"]);
        Assert.Equal("none", (string?)trial["supportedBillingCycles"]![0]);
        Assert.Equal(Offers.EngagementPlan, (string?)trial["conversionTargetOffers"]![0]);
    }

    [Fact]
    public async Task Add_ons_are_listed_by_their_base()
    {
        using var client = new Client();
        var addOn = Assert.Single((await client.Get($"v1/offers/{Offers.OperationsPlan}/addons?country=US")).Expect(200).Items)!;
        Assert.True((bool)addOn["isAddOn"]!);
        Assert.Contains(Offers.OperationsPlan, addOn["prerequisiteOffers"]!.AsArray().Select(id => (string)id!));
        Assert.Empty((await client.Get($"v1/offers/{Offers.TeamMembers}/addons?country=US")).Items);
    }

    [Theory]
    [InlineData("v1/offers")]
    [InlineData("v1/offers?country=USA")]
    [InlineData("v1/offers?country=1A")]
    [InlineData("v1/offercategories")]
    [InlineData("v1/offers/" + Offers.OperationsPlan)]
    public async Task A_catalog_needs_a_country(string path)
    {
        using var client = new Client();
        _ = (await client.Get(path)).ExpectError(400, 800002);
    }

    [Fact]
    public async Task The_list_can_be_read_in_parts()
    {
        using var client = new Client();
        var all = (await client.Get("v1/offers?country=US")).Items.Select(offer => (string)offer!["id"]!).ToList();
        var part = (await client.Get("v1/offers?country=US&offset=5&size=7")).Items.Select(offer => (string)offer!["id"]!);
        Assert.Equal(all.Skip(5).Take(7), part);
    }

    [Fact]
    public async Task The_headings_are_listed()
    {
        using var client = new Client();
        var ids = (await client.Get("v1/offercategories?country=US")).Expect(200).Items.Select(category => (string)category!["id"]!);
        Assert.Contains("Trial_Key", ids);
    }

    [Fact]
    public async Task An_offer_of_other_countries_is_not_listed_here()
    {
        using var client = new Client();
        Assert.DoesNotContain(Offers.ServiceDesk, (await client.Get("v1/offers?country=US")).Items.Select(offer => (string)offer!["id"]!));
        _ = (await client.Get($"v1/offers/{Offers.ServiceDesk}?country=US")).ExpectError(404, 1000);
        Assert.Contains(Offers.ServiceDesk, (await client.Get("v1/offers?country=CA")).Items.Select(offer => (string)offer!["id"]!));
    }

    [Fact]
    public async Task An_offer_of_a_segment_is_sold_to_those_who_qualify()
    {
        using var client = new Client();
        var offer = (await client.Get($"v1/offers/{Offers.NonprofitTeamMembers}?country=US")).Expect(200).Json;
        Assert.Equal(("Nonprofit_Key", "nonprofit"), ((string?)offer["category"]!["id"], (string?)offer["reselleeQualifications"]![0]));
        Assert.DoesNotContain(Offers.NonprofitTeamMembers, (await client.Get(client.CustomerPath + "/offers")).Items.Select(item => (string)item!["id"]!));
        _ = (await client.Order(Offers.NonprofitTeamMembers, 5)).ExpectError(400, 800086);
        using var nonprofit = new Client("contoso:qualification=nonprofit");
        Assert.Contains(Offers.NonprofitTeamMembers, (await nonprofit.Get(nonprofit.CustomerPath + "/offers")).Items.Select(item => (string)item!["id"]!));
        _ = (await nonprofit.Order(Offers.NonprofitTeamMembers, 5)).Expect(201);
    }

    [Fact]
    public async Task A_customers_offers_omit_those_whose_limit_is_reached()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/offers";
        Assert.Contains(Offers.EngagementPlanTrial, (await client.Get(path)).Expect(200).Items.Select(offer => (string)offer!["id"]!));
        _ = (await client.Post(client.CustomerPath + "/orders", new { LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.EngagementPlanTrial, Quantity = 25 } } })).Expect(201);
        Assert.DoesNotContain(Offers.EngagementPlanTrial, (await client.Get(path)).Items.Select(offer => (string)offer!["id"]!));
    }

    [Fact]
    public async Task Since_the_end_of_legacy_commerce_offers_are_listed_as_not_for_sale()
    {
        using var client = new Client("contoso:legacyCommerce=closed");
        Assert.All((await client.Get("v1/offers?country=US")).Items, offer => Assert.False((bool)offer!["isAvailableForPurchase"]!));
        _ = (await client.Order(Offers.OperationsPlan, 20)).ExpectError(403, 2091);
    }

    [Fact]
    public async Task An_offer_listed_as_for_sale_can_still_be_refused()
    {
        using var client = new Client("contoso:legacyCommerce=refused");
        Assert.True((bool)(await client.Get($"v1/offers/{Offers.OperationsPlan}?country=US")).Json["isAvailableForPurchase"]!);
        _ = (await client.Order(Offers.OperationsPlan, 20)).ExpectError(403, 2091);
    }
}
