using CspMigration.Core.Catalog;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

public sealed class SkuMapTests
{
    private const string OfferOfA = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string SkuOfB = "bbbbbbbb-0000-4000-8000-000000000002";

    private static readonly SkuMap Map = MapTexts.Read(
        $$"""
        {
          "formatVersion": 1,
          "mappings": [
            { "family": "F", "source": { "name": "A", "offerIds": ["{{OfferOfA}}", "CFQ7TTC0LH18:0001"] }, "targets": ["T"] },
            { "family": "F", "source": { "name": "B", "skuId": "{{SkuOfB}}" }, "targets": ["T"] },
            { "family": "F", "source": { "name": "C", "partNumber": "C_USER" }, "targets": ["T"] }
          ],
          "targets": { "T": { "skuId": "dddddddd-0000-4000-8000-000000000004" } }
        }
        """);

    [Theory]
    [InlineData(OfferOfA, SkuOfB, "C_USER", "A")]
    [InlineData("eeeeeeee-0000-4000-8000-000000000005", SkuOfB, "C_USER", "B")]
    [InlineData(null, SkuOfB, "C_USER", "B")]
    [InlineData(null, "eeeeeeee-0000-4000-8000-000000000005", "C_USER", "C")]
    [InlineData(null, null, "c_user", "C")]
    [InlineData("AAAAAAAA-0000-4000-8000-000000000001", null, null, "A")]
    public void The_offer_counts_before_the_directory_SKU_and_that_before_the_part_number(string? offerId, string? skuId, string? partNumber, string source)
    {
        Assert.Equal(source, Map.Find(CatalogItemId.FromOrNull(offerId), SkuId.FromOrNull(skuId), partNumber)?.Source);
    }

    [Theory]
    [InlineData("CFQ7TTC0LH18:0001:CFQ7TTC0K971")]
    [InlineData("CFQ7TTC0LH18:0001:CFQ7TTC0XXXX")]
    [InlineData("cfq7ttc0lh18:0001:cfq7ttc0k971")]
    [InlineData("CFQ7TTC0LH18:0001")]
    public void The_availability_at_the_end_of_a_new_commerce_id_does_not_matter(string offerId)
    {
        Assert.Equal("A", Map.Find(CatalogItemId.FromOrNull(offerId))?.Source);
    }

    [Theory]
    [InlineData("CFQ7TTC0LH18:0002:CFQ7TTC0K971")]
    [InlineData("CFQ7TTC0LH18")]
    [InlineData("CFQ7TTC0LH18:0001:x:y")]
    [InlineData(SkuOfB)]
    [InlineData("C_USER")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData(null)]
    public void What_the_map_does_not_know_as_an_offer_has_no_row(string? offerId)
    {
        Assert.Null(Map.Find(CatalogItemId.FromOrNull(offerId)));
    }

    [Fact]
    public void A_source_is_never_recognised_by_its_name()
    {
        Assert.Null(SkuMap.BuiltIn.Find(CatalogItemId.From("Dynamics AX Enterprise"), SkuId.From("Dynamics AX Enterprise"), "Dynamics AX Enterprise"));
    }
}
