using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

public sealed class TargetChooserTests
{
    private static readonly SkuMap Map = MapTexts.Read(
        """
        {
          "formatVersion": 1,
          "mappings": [
            { "family": "F", "source": { "name": "A", "partNumber": "A" }, "targets": ["Basic", "Sales, discounted", "Sales"] },
            { "family": "F", "source": { "name": "B", "partNumber": "B" }, "targets": ["Plan"] }
          ],
          "targets": {
            "Basic": { "skuId": "00000000-0000-4000-8000-000000000001" },
            "Sales": {
              "skuId": "00000000-0000-4000-8000-000000000002", "partNumber": "SALES_USER",
              "offers": [ { "offerId": "10000000-0000-4000-8000-000000000001", "to": 9 }, { "offerId": "10000000-0000-4000-8000-000000000002", "from": 10, "to": 20 } ]
            },
            "Sales, discounted": {
              "skuId": "00000000-0000-4000-8000-000000000002", "partNumber": "SALES_USER", "qualified": true,
              "offers": [ { "offerId": "10000000-0000-4000-8000-000000000003" } ]
            },
            "Plan": { "skuId": "00000000-0000-4000-8000-000000000003", "partNumber": "PLAN", "offers": [ { "offerId": "10000000-0000-4000-8000-000000000004" } ] },
            "Of no row": { "skuId": "00000000-0000-4000-8000-000000000009" }
          }
        }
        """);

    private static readonly SkuMapping RowA = Map.Find(null, null, "A")!;

    [Theory]
    [InlineData("Sales", "Sales")]
    [InlineData("sales", "Sales")]
    [InlineData("Sales, discounted", "Sales, discounted")]
    [InlineData("10000000-0000-4000-8000-000000000002", "Sales")]
    [InlineData("10000000-0000-4000-8000-000000000003", "Sales, discounted")]
    [InlineData("00000000-0000-4000-8000-000000000002", "Sales")]
    [InlineData("SALES_USER", "Sales")]
    [InlineData("sales_user", "Sales")]
    public void A_wish_is_a_name_an_offer_a_directory_SKU_or_a_part_number_and_the_discounted_offer_only_itself(string wanted, string name)
    {
        Assert.Equal(name, TargetChooser.Find(Map, RowA, wanted)?.Name);
    }

    [Theory]
    [InlineData("Plan")]
    [InlineData("plan")]
    [InlineData("10000000-0000-4000-8000-000000000004")]
    public void A_target_of_another_row_can_be_wished_for(string wanted)
    {
        Assert.Equal("Plan", TargetChooser.Find(Map, RowA, wanted)?.Name);
        Assert.Equal("Plan", TargetChooser.Find(Map, mapping: null, wanted)?.Name);
    }

    [Theory]
    [InlineData("Nothing")]
    [InlineData("")]
    [InlineData("10000000-0000-4000-8000-00000000000f")]
    [InlineData("A")]
    [InlineData("Of no row")]
    public void A_wish_no_row_has_finds_nothing(string wanted)
    {
        Assert.Null(TargetChooser.Find(Map, RowA, wanted));
        Assert.Null(TargetChooser.Find(Map, mapping: null, wanted));
    }

    [Theory]
    [InlineData(1, "10000000-0000-4000-8000-000000000001")]
    [InlineData(9, "10000000-0000-4000-8000-000000000001")]
    [InlineData(10, "10000000-0000-4000-8000-000000000002")]
    [InlineData(20, "10000000-0000-4000-8000-000000000002")]
    [InlineData(21, null)]
    public void The_offer_is_that_of_the_tier_the_seats_fall_in(int seats, string? offerId)
    {
        Assert.Equal(offerId, TargetChooser.OfferFor(Target("Sales"), wanted: null, seats)?.OfferId);
        Assert.Equal(offerId, TargetChooser.OfferFor(Target("Sales"), "Sales", seats)?.OfferId);
    }

    [Fact]
    public void An_offer_wished_for_by_its_id_is_taken_whatever_the_seats()
    {
        Assert.Equal(
            "10000000-0000-4000-8000-000000000001",
            TargetChooser.OfferFor(Target("Sales"), "10000000-0000-4000-8000-000000000001", seats: 500)?.OfferId);
    }

    [Fact]
    public void A_target_without_legacy_offers_has_no_offer()
    {
        Assert.Null(TargetChooser.OfferFor(Target("Basic"), wanted: null, seats: 5));
    }

    private static SkuTarget Target(string name) => RowA.Targets.Single(target => target.Name == name);
}
