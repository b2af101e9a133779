using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Ids;

/// <summary>Ids of what is on sale mean the same item whatever their availability, and are identical only with it.</summary>
public sealed class CatalogItemIdTests
{
    private const string Offer = "1EC5A993-0779-43A9-A857-AC8FE83E977B";

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    private static readonly Gen<string> Part = Gen.OneOf(
        Gen.Elements("CFQ7TTC0LH18", "0001", "a", "A", "i", "I", "ß", "İ", "ı"),
        ArbMap.Default.GeneratorFor<NonWhiteSpaceString>().Select(text => text.Get.Replace(":", "", StringComparison.Ordinal)).Where(text => !string.IsNullOrWhiteSpace(text)));

    // What it is, and the availability of new commerce.
    private static readonly Gen<(string Item, string? Availability)> Id = Gen.OneOf(
        Part.Select(offer => (offer, (string?)null)),
        from product in Part from sku in Part from availability in Gen.OneOf(Gen.Constant<string?>(null), Part.Select(part => (string?)part)) select ($"{product}:{sku}", availability));

    [Fact]
    public void Two_ids_mean_the_same_item_whatever_their_casing_and_availability_and_are_identical_only_with_it()
    {
        Prop.ForAll((from one in Id from other in Gen.OneOf(Id, Alike(one)) select (one, other)).ToArbitrary(), pair =>
        {
            var (one, other) = (IdOf(pair.one), IdOf(pair.other));
            var isSame = StringComparer.OrdinalIgnoreCase.Equals(pair.one.Item, pair.other.Item);
            var isIdentical = isSame && StringComparer.OrdinalIgnoreCase.Equals(pair.one.Availability, pair.other.Availability);

            Assert.Equal(isSame, one.IsSameAs(other));
            Assert.Equal(isSame, ((CatalogItemId?)one).IsSameAs(other));
            Assert.Equal(isSame, one.WithoutAvailability.Equals(other.WithoutAvailability));
            Assert.Equal(isIdentical, one.IsIdenticalTo(other));
            Assert.Equal(isIdentical, ((CatalogItemId?)one).IsIdenticalTo(other));
            Assert.Equal(isIdentical, one.Equals(other) && one.Equals((object)other));
            Assert.Equal(isIdentical, one.CompareTo(other) == 0);
            Assert.Equal(isIdentical, new HashSet<CatalogItemId> { one }.Contains(other));
            Assert.True(!isIdentical || one.GetHashCode() == other.GetHashCode());
        }).Check(Runs);
    }

    [Fact]
    public void An_id_is_put_together_from_its_parts_and_taken_apart_again()
    {
        Prop.ForAll((from product in Part from sku in Part from availability in Part select (product, sku, availability)).ToArbitrary(), parts =>
        {
            var (item, full) = (CatalogItemId.Of(parts.product, parts.sku), CatalogItemId.Of(parts.product, parts.sku, parts.availability));

            Assert.Equal($"{parts.product}:{parts.sku}", item.ToString());
            Assert.Equal($"{parts.product}:{parts.sku}:{parts.availability}", full.ToString());
            Assert.Equal((true, parts.product, parts.sku, (string?)null), (item.IsNewCommerce, item.Product, item.Sku, item.Availability));
            Assert.Equal((true, parts.product, parts.sku, parts.availability), (full.IsNewCommerce, full.Product, full.Sku, full.Availability));
            Assert.Equal(item.ToString(), full.WithoutAvailability.ToString());
            Assert.Equal(item.ToString(), item.WithoutAvailability.ToString());
        }).Check(Runs);
    }

    [Theory]
    [InlineData(Offer, false)]
    [InlineData("MS-AZR-0145P", false)]
    [InlineData(":0001", false)]
    [InlineData("CFQ7TTC0LH18:", true)]
    [InlineData("CFQ7TTC0LH18::CFQ7TTC0K971", true)]
    [InlineData("CFQ7TTC0LH18:0001:CFQ7TTC0K971:x", true)]
    public void What_is_not_a_product_and_a_SKU_stays_as_it_is_and_is_of_new_commerce_where_it_has_a_product(string text, bool isNewCommerce)
    {
        var id = CatalogItemId.From(text);

        Assert.Equal((isNewCommerce, (string?)null, (string?)null, (string?)null), (id.IsNewCommerce, id.Product, id.Sku, id.Availability));
        Assert.Equal(text, id.WithoutAvailability.ToString());
        Assert.False(id.IsSameAs(CatalogItemId.From("CFQ7TTC0LH18:0001")));
    }

    [Fact]
    public void What_is_not_known_is_the_same_as_nothing_and_not_as_itself()
    {
        CatalogItemId? unknown = null;
        CatalogItemId? known = CatalogItemId.From(Offer);

        Assert.False(unknown.IsSameAs(unknown) || unknown.IsIdenticalTo(unknown));
        Assert.False(unknown.IsSameAs(known) || unknown.IsIdenticalTo(known));
        Assert.False(known.IsSameAs(unknown) || known.IsIdenticalTo(unknown));
        Assert.True(known.IsSameAs(CatalogItemId.From(Offer.ToLowerInvariant())) && known.IsIdenticalTo(CatalogItemId.From(Offer.ToLowerInvariant())));
    }

    [Fact]
    public void An_id_that_was_never_set_fails_wherever_it_is_used()
    {
        CatalogItemId unset = default;
        Action[] uses =
        [
            () => _ = unset.ToString(),
            () => _ = unset.GetHashCode(),
            () => _ = unset.IsNewCommerce,
            () => _ = unset.Product,
            () => _ = unset.WithoutAvailability,
            () => _ = unset.IsSameAs(CatalogItemId.From(Offer)),
            () => _ = CatalogItemId.From(Offer).IsSameAs(unset),
            () => _ = unset.IsIdenticalTo(CatalogItemId.From(Offer)),
            () => _ = CatalogItemId.From(Offer).IsIdenticalTo(unset),
            () => _ = JsonConvert.SerializeObject(unset),
        ];

        Assert.All(uses, use => Assert.Throws<InvalidOperationException>(use));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Missing_and_empty_text_is_no_id(string? text)
    {
        Assert.Null(CatalogItemId.FromOrNull(text));
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => CatalogItemId.From(text!)).ParamName);
    }

    [Fact]
    public void In_JSON_an_id_is_its_text_as_the_service_spells_it()
    {
        Prop.ForAll(Id.ToArbitrary(), one =>
        {
            var (id, text) = (IdOf(one), TextOf(one));
            var json = JsonConvert.SerializeObject(text);

            Assert.Equal(json, JsonConvert.SerializeObject(id));
            Assert.Equal(json, JsonConvert.SerializeObject((CatalogItemId?)id));
            Assert.Equal(text, JsonConvert.DeserializeObject<CatalogItemId>(json).ToString());
            Assert.Equal(text, JsonConvert.DeserializeObject<CatalogItemId?>(json).ToString());

            var byId = JsonConvert.SerializeObject(new Dictionary<CatalogItemId, int> { [id] = 7 });
            Assert.Equal(JsonConvert.SerializeObject(new Dictionary<string, int> { [text] = 7 }), byId);
            Assert.Equal(7, JsonConvert.DeserializeObject<Dictionary<CatalogItemId, int>>(byId)![id]);
        }).Check(Runs);
    }

    [Fact]
    public void JSON_that_has_no_id_is_none_or_an_error_where_one_is_needed()
    {
        Assert.Equal("null", JsonConvert.SerializeObject((CatalogItemId?)null));
        Assert.Null(JsonConvert.DeserializeObject<CatalogItemId?>("null"));
        Assert.Null(JsonConvert.DeserializeObject<CatalogItemId?>("\"\""));
        _ = Assert.Throws<JsonSerializationException>(() => JsonConvert.DeserializeObject<CatalogItemId>("\"\""));
        _ = Assert.Throws<JsonSerializationException>(() => JsonConvert.DeserializeObject<CatalogItemId?>("{}"));
    }

    // The same item in another casing, with the same availability, another or none.
    private static Gen<(string Item, string? Availability)> Alike((string Item, string? Availability) one)
    {
        return from item in Gen.Elements(one.Item, one.Item.ToUpperInvariant(), one.Item.ToLowerInvariant())
               from availability in Gen.OneOf(Gen.Constant(one.Availability), Gen.Constant(one.Availability?.ToUpperInvariant()), Part.Select(part => (string?)part))
               select (item, item.Contains(':', StringComparison.Ordinal) ? availability : null);
    }

    private static string TextOf((string Item, string? Availability) one) => one.Availability is null ? one.Item : $"{one.Item}:{one.Availability}";

    private static CatalogItemId IdOf((string Item, string? Availability) one) => CatalogItemId.From(TextOf(one));
}
