using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Ids;

/// <summary>Ids are compared as the service compares them, and are text only where they come in and go out.</summary>
public sealed class IdTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<Guid>().Select(id => id.ToString()),
        ArbMap.Default.GeneratorFor<NonWhiteSpaceString>().Select(text => text.Get),
        Gen.Elements("a", "A", "i", "I", "ß", "Straße", "İ", "ı"));

    [Fact]
    public void Two_ids_are_the_same_exactly_where_their_texts_differ_in_casing_at_most()
    {
        Prop.ForAll((from one in Text from other in Gen.OneOf(Text, Gen.Constant(one.ToUpperInvariant()), Gen.Constant(one.ToLowerInvariant())) select (one, other)).ToArbitrary(), pair =>
        {
            var (one, other) = (SubscriptionId.From(pair.one), SubscriptionId.From(pair.other));
            var expected = StringComparer.OrdinalIgnoreCase.Equals(pair.one, pair.other);

            Assert.Equal(expected, one.Is(other));
            Assert.Equal(expected, one.Equals(other) && one.Equals((object)other));
            Assert.Equal(expected, one.CompareTo(other) == 0);
            Assert.Equal(expected, new HashSet<SubscriptionId> { one }.Contains(other));
            Assert.Equal(expected, SourceKey.From(pair.one).Is(other));
            Assert.True(!expected || one.GetHashCode() == other.GetHashCode());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }

    [Fact]
    public void What_is_not_known_is_the_same_as_nothing_and_not_as_itself()
    {
        SubscriptionId? unknown = null;
        SubscriptionId? known = SubscriptionId.From("s1");

        Assert.False(unknown.Is(unknown));
        Assert.False(unknown.Is(known));
        Assert.False(known.Is(unknown));
        Assert.False(SubscriptionId.From("s1").Is(unknown));
        Assert.False(SourceKey.From("s1").Is(unknown));
        Assert.True(known.Is(SubscriptionId.From("S1")));
    }

    [Fact]
    public void The_first_of_no_ids_is_none_and_what_is_not_known_is_passed_over()
    {
        Assert.Null(Enumerable.Empty<SubscriptionId>().FirstOrNull());
        Assert.Equal("s1", new[] { SubscriptionId.From("s1"), SubscriptionId.From("s2") }.FirstOrNull().ToString());
        Assert.Equal("s2", new[] { SubscriptionId.From("s1"), SubscriptionId.From("s2") }.FirstOrNull(id => id.Is(SubscriptionId.From("S2"))).ToString());
        Assert.Null(new[] { SubscriptionId.From("s1") }.FirstOrNull(id => id.Is(SubscriptionId.From("s2"))));
        Assert.Equal(["s1"], new SubscriptionId?[] { null, SubscriptionId.From("s1") }.Known().Select(id => id.ToString()));
    }

    [Fact]
    public void An_id_that_was_never_set_fails_wherever_it_is_used()
    {
        SubscriptionId unset = default;

        _ = Assert.Throws<InvalidOperationException>(() => unset.ToString());
        _ = Assert.Throws<InvalidOperationException>(() => unset.GetHashCode());
        _ = Assert.Throws<InvalidOperationException>(() => unset.Is(SubscriptionId.From("s1")));
        _ = Assert.Throws<InvalidOperationException>(() => SubscriptionId.From("s1").Is(unset));
        _ = Assert.Throws<InvalidOperationException>(() => JsonConvert.SerializeObject(unset));
        _ = Assert.Throws<InvalidOperationException>(() => default(SourceKey).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Missing_and_empty_text_is_no_id(string? text)
    {
        Assert.Null(SubscriptionId.FromOrNull(text));
        Assert.Null(SourceKey.FromOrNull(text));
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => SubscriptionId.From(text!)).ParamName);
    }

    [Fact]
    public void In_JSON_an_id_is_its_text_as_the_service_spells_it()
    {
        Prop.ForAll(Text.ToArbitrary(), text =>
        {
            var json = JsonConvert.SerializeObject(text);

            Assert.Equal(json, JsonConvert.SerializeObject(SubscriptionId.From(text)));
            Assert.Equal(json, JsonConvert.SerializeObject((SubscriptionId?)SubscriptionId.From(text)));
            Assert.Equal(json, JsonConvert.SerializeObject(SourceKey.From(text)));
            Assert.Equal(text, JsonConvert.DeserializeObject<SubscriptionId>(json).ToString());
            Assert.Equal(text, JsonConvert.DeserializeObject<SubscriptionId?>(json).ToString());
            Assert.Equal(text, JsonConvert.DeserializeObject<SourceKey>(json).ToString());

            var byId = JsonConvert.SerializeObject(new Dictionary<SkuId, int> { [SkuId.From(text)] = 7 });
            Assert.Equal(JsonConvert.SerializeObject(new Dictionary<string, int> { [text] = 7 }), byId);
            Assert.Equal(7, JsonConvert.DeserializeObject<Dictionary<SkuId, int>>(byId)![SkuId.From(text)]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Fact]
    public void JSON_that_has_no_id_is_none_or_an_error_where_one_is_needed()
    {
        Assert.Equal("null", JsonConvert.SerializeObject((SubscriptionId?)null));
        Assert.Null(JsonConvert.DeserializeObject<SubscriptionId?>("null"));
        Assert.Null(JsonConvert.DeserializeObject<SubscriptionId?>("\"\""));
        Assert.Equal("17", JsonConvert.DeserializeObject<SubscriptionId?>("17").ToString());
        _ = Assert.Throws<JsonSerializationException>(() => JsonConvert.DeserializeObject<SubscriptionId>("\"\""));
        _ = Assert.Throws<JsonSerializationException>(() => JsonConvert.DeserializeObject<SubscriptionId?>("{}"));
    }

    [Fact]
    public void The_journal_knows_a_source_by_its_subscription_or_its_directory_SKU()
    {
        Assert.True(((SourceKey)SubscriptionId.From("s1")).ToSubscriptionId().Is(SubscriptionId.From("s1")));
        Assert.True(((SourceKey)SkuId.From("sku1")).ToSkuId().Is(SkuId.From("sku1")));
    }
}
