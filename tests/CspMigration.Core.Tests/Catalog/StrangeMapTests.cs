using System;
using System.Globalization;
using System.IO;
using System.Text;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>Maps that contradict themselves or each other, and files that are written in other ways.</summary>
public sealed class StrangeMapTests : IDisposable
{
    private const string SkuA = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string SkuB = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string SkuC = "cccccccc-0000-4000-8000-000000000003";
    private const string OfferA = "aaaaaaaa-0000-4000-8000-00000000000a";
    private const string OfferB = "bbbbbbbb-0000-4000-8000-00000000000b";

    private readonly string _folder = Directory.CreateTempSubdirectory("maps").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuA}}" }""")]
    [InlineData($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "AAAAAAAA-0000-4000-8000-000000000001", "offers": [{ "offerId": "{{OfferA}}" }] }""")]
    [InlineData($$"""{ "name": "A", "offerIds": ["{{OfferA}}"] }""", $$"""{ "offers": [{ "offerId": "{{OfferA}}" }] }""")]
    [InlineData($$"""{ "name": "A", "partNumber": "A_USER" }""", $$"""{ "skuId": "{{SkuA}}", "partNumber": "a_user" }""")]
    public void A_row_that_is_replaced_by_itself_is_refused(string source, string target)
    {
        Assert.Contains("\"A\" is replaced by itself", Refuse(Map(source, target)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_offer_can_be_replaced_by_another_of_the_same_directory_SKU_and_the_other_is_no_source()
    {
        var map = MapTexts.Read(Map($$"""{ "name": "A", "offerIds": ["{{OfferA}}"], "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuA}}", "offers": [{ "offerId": "{{OfferB}}" }] }"""));

        Assert.Equal("A", map.Find(CatalogItemId.From(OfferA), SkuId.From(SkuA))?.Source);
        Assert.Equal("A", map.Find(CatalogItemId.From("eeeeeeee-0000-4000-8000-00000000000e"), SkuId.From(SkuA))?.Source);
        Assert.Null(map.Find(CatalogItemId.From(OfferB), SkuId.From(SkuA)));
    }

    [Theory]
    [InlineData("Sales", "Plan")]
    [InlineData("Microsoft Plan", "Other")]
    [InlineData(" plan ", "Other")]
    [InlineData("Both", "Both")]
    public void A_name_that_means_two_targets_of_a_map_is_refused(string aliasOfSales, string aliasOfPlan)
    {
        var text = $$"""
            {
              "formatVersion": 1,
              "mappings": [{ "family": "F", "source": { "name": "A", "skuId": "{{SkuA}}" }, "targets": ["Sales"] }],
              "targets": { "Sales": { "skuId": "{{SkuB}}", "aliases": ["{{aliasOfSales}}"] }, "Plan": { "skuId": "{{SkuC}}", "aliases": ["{{aliasOfPlan}}"] } }
            }
            """;

        Assert.Contains("as well: take it out of one", Refuse(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_goes_before_an_alias_of_another_family_and_the_row_s_own_alias_before_another_row_s()
    {
        var own = MapTexts.Read(Map($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuB}}", "aliases": ["Dynamics 365 Sales", "Dynamics 365 for Activity"] }"""));
        var map = SkuMap.BuiltIn.With(own);
        var row = map.Find(offerId: null, SkuId.From(SkuA));

        Assert.Equal("Dynamics 365 Sales", TargetChooser.Find(map, row, "Dynamics 365 Sales")?.Name);
        Assert.Equal("T", TargetChooser.Find(map, row, "Dynamics 365 for Activity")?.Name);
    }

    [Fact]
    public void An_alias_of_two_families_is_refused_where_it_is_used_and_names_both()
    {
        var own = MapTexts.Read(Map($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuB}}", "aliases": ["Dynamics 365 for Activity"] }"""));

        var error = Assert.Throws<CspMigrationException>(() => TargetChooser.Find(SkuMap.BuiltIn.With(own), mapping: null, "Dynamics 365 for Activity"));

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.Contains("T and Dynamics 365 Activity", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_replace_each_other_are_refused_with_the_file_that_brought_it_about()
    {
        var forth = Save("forth.json", Map($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuB}}" }"""));
        var back = Save("back.json", Map($$"""{ "name": "B", "skuId": "{{SkuB}}" }""", $$"""{ "skuId": "{{SkuA}}" }"""));

        var error = Assert.Throws<CspMigrationException>(() => SkuMap.Load([forth, back]));

        Assert.Equal("MapInvalid", error.ErrorId);
        Assert.Contains("back.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("B, then A, then B", error.Message, StringComparison.Ordinal);
        Assert.Equal("A", SkuMap.Load([forth]).Find(offerId: null, SkuId.From(SkuA))?.Source);
    }

    [Fact]
    public void What_replaces_a_retired_SKU_can_be_retired_itself()
    {
        var forth = Save("forth.json", Map($$"""{ "name": "A", "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuB}}" }"""));
        var further = Save("further.json", Map($$"""{ "name": "B", "skuId": "{{SkuB}}" }""", $$"""{ "skuId": "{{SkuC}}" }"""));

        Assert.Null(SkuMap.Load([forth, further]).FindCycle());
    }

    [Theory]
    [InlineData("targets", """ "targets": ["T"], "noTargetReason": "None." """)]
    [InlineData("targets", """ "retiredOn": "2020-01-01" """)]
    [InlineData("retiredOn", """ "targets": ["T"], "retiredOn": "01/02/2020" """)]
    [InlineData("retiredOn", """ "targets": ["T"], "retiredOn": "2020-02-30" """)]
    [InlineData("aliases", """ "targets": ["T"], "aliases": ["X"] """)]
    public void A_row_that_says_too_much_or_too_little_is_refused(string member, string rest)
    {
        var text = $$"""{ "formatVersion": 1, "mappings": [{ "family": "F", "source": { "name": "A", "skuId": "{{SkuA}}" }, {{rest}} }], "targets": { "T": { "skuId": "{{SkuB}}" } } }""";

        Assert.Contains(member, Refuse(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_nothing_but_SKUs_that_no_license_replaces_needs_no_targets()
    {
        var map = MapTexts.Read($$"""{ "formatVersion": 1, "mappings": [{ "family": "F", "source": { "name": "A", "skuId": "{{SkuA}}" }, "noTargetReason": "It is a service." }] }""");

        Assert.Equal(("It is a service.", 0), (Assert.Single(map.Mappings).NoTargetReason, map.Mappings[0].Targets.Count));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void A_map_is_the_same_in_every_culture_and_with_a_byte_order_mark(string culture)
    {
        var (former, path) = (CultureInfo.CurrentCulture, Path.Combine(_folder, "bom.json"));
        File.WriteAllText(path, Map($$"""{ "name": "DIVISION", "aliases": ["INFIX"], "skuId": "{{SkuA}}" }""", $$"""{ "skuId": "{{SkuB}}", "aliases": ["TITLE"] }""", """ "retiredOn": "2020-12-31", """), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            var map = SkuMap.Load([path]);
            var row = Assert.Single(map.Search("division"));

            Assert.Same(row, Assert.Single(map.Search("infix")));
            Assert.Equal(new DateTime(2020, 12, 31), row.RetiredOn);
            Assert.Equal("T", TargetChooser.Find(map, row, "title")?.Name);
            Assert.Equal(2016, map.Search("Dynamics AX Task")[0].RetiredOn?.Year);
        }
        finally
        {
            CultureInfo.CurrentCulture = former;
        }
    }

    private static string Map(string source, string target, string rest = "")
    {
        return $$"""{ "formatVersion": 1, "mappings": [{ "family": "F", "source": {{source}}, {{rest}} "targets": ["T"] }], "targets": { "T": {{target}} } }""";
    }

    private static string Refuse(string text)
    {
        var error = Assert.Throws<CspMigrationException>(() => MapTexts.Read(text));
        Assert.Equal("MapInvalid", error.ErrorId);
        return error.Message;
    }

    private string Save(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
