using System;
using System.Linq;
using CspMigration.Contracts;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

public sealed class SkuMapReaderTests
{
    private const string Good =
        """
        {
          "$schema": "./SkuMap.schema.json",
          "formatVersion": 1,
          "name": "Ours",
          "mappings": [
            {
              "family": "F",
              "source": { "name": "S", "offerIds": ["aaaaaaaa-0000-4000-8000-000000000001"], "skuId": "bbbbbbbb-0000-4000-8000-000000000002", "partNumber": "S_USER" },
              "targets": ["T", "Q"]
            }
          ],
          "targets": {
            "T": {
              "skuId": "cccccccc-0000-4000-8000-000000000003",
              "partNumber": "T_USER",
              "minimumQuantity": 5,
              "offers": [
                { "offerId": "dddddddd-0000-4000-8000-000000000004", "from": 1, "to": 9, "withdrawnOn": "2019-01-01" },
                { "offerId": "dddddddd-0000-4000-8000-000000000005", "from": 10 }
              ]
            },
            "Q": { "skuId": "cccccccc-0000-4000-8000-000000000003", "qualified": true }
          }
        }
        """;

    [Fact]
    public void A_map_is_read_whole()
    {
        var mapping = Assert.Single(MapTexts.Read(Good).Mappings);

        Assert.Equal(("F", "S"), (mapping.Family, mapping.Source));
        Assert.Equal(["aaaaaaaa-0000-4000-8000-000000000001"], mapping.SourceOfferIds);
        Assert.Equal("bbbbbbbb-0000-4000-8000-000000000002", mapping.SourceSkuId);
        Assert.Equal("S_USER", mapping.SourcePartNumber);
        Assert.Equal(["T", "Q"], mapping.Targets.Select(target => target.Name));
        Assert.Equal([true, false], mapping.Targets.Select(target => target.IsDefault));
        Assert.Equal([false, true], mapping.Targets.Select(target => target.IsQualified));
        Assert.Equal([5, 1], mapping.Targets.Select(target => target.MinimumQuantity));
        Assert.Equal("T_USER", mapping.Targets[0].PartNumber);
        Assert.Equal([(1, 9), (10, null)], mapping.Targets[0].OfferIds.Select(offer => (offer.From, offer.To)));
        Assert.Equal([new DateTime(2019, 1, 1), null], mapping.Targets[0].OfferIds.Select(offer => offer.WithdrawnOn));
        Assert.Empty(mapping.Targets[1].OfferIds);
    }

    [Fact]
    public void Comments_are_allowed()
    {
        Assert.Single(MapTexts.Read("// Ours\n" + Good.Replace("\"name\": \"Ours\",", "/* no name */", StringComparison.Ordinal) + "\n// The end").Mappings);
    }

    [Fact]
    public void A_default_of_one_row_can_be_another_choice_of_the_next()
    {
        var map = MapTexts.Read(
            """
            {
              "formatVersion": 1,
              "mappings": [
                { "family": "F", "source": { "name": "A", "partNumber": "A" }, "targets": ["T", "U"] },
                { "family": "F", "source": { "name": "B", "partNumber": "B" }, "targets": ["U", "T"] }
              ],
              "targets": { "T": { "skuId": "cccccccc-0000-4000-8000-000000000003" }, "U": { "skuId": "cccccccc-0000-4000-8000-000000000004" } }
            }
            """);

        Assert.Equal([[true, false], [true, false]], map.Mappings.Select(mapping => mapping.Targets.Select(target => target.IsDefault)));
    }

    // ◄ stands behind what the error has to point at: the last character of a value, the colon of a member, the brace
    // that opens an object which lacks something.
    [Theory]
    [InlineData("[◄]", "must be an object")]
    [InlineData("5◄", "must be an object")]
    [InlineData("""{◄"mappings":[],"targets":{}}""", "\"formatVersion\" is missing")]
    [InlineData("""{"formatVersion":2◄,"mappings":[],"targets":{}}""", "\"formatVersion\" must be 1")]
    [InlineData("""{"formatVersion":"1"◄,"mappings":[],"targets":{}}""", "\"formatVersion\" must be 1")]
    [InlineData("""{"formatVersion":null◄}""", "\"formatVersion\" must be 1")]
    [InlineData("""{"formatVersion":1,"version":◄1}""", "\"version\" is not known here")]
    [InlineData("""{"FormatVersion":◄1}""", "\"FormatVersion\" is not known here")]
    [InlineData("""{"formatVersion":1,"$schema":5◄}""", "\"$schema\" must be text")]
    [InlineData("""{"formatVersion":1,"name":5◄}""", "\"name\" must be text")]
    [InlineData("""{"formatVersion":1,"name":""◄}""", "\"name\" must have 1 to 200 characters")]
    [InlineData("""{◄"formatVersion":1,"mappings":[]}""", "\"targets\" is missing")]
    [InlineData("""{"formatVersion":1,"targets":[◄]}""", "\"targets\" must be an object")]
    [InlineData("""{"formatVersion":1,"targets":{◄}}""", "\"targets\" is empty")]
    [InlineData("""{◄"formatVersion":1,"targets":{"T":{"skuId":"cccccccc-0000-4000-8000-000000000003"}}}""", "\"mappings\" is missing")]
    public void A_map_that_is_wrong_at_large_is_refused_at_its_place(string text, string reason)
    {
        AssertRefused(text, reason);
    }

    [Theory]
    [InlineData("\"T\":[◄]", "the target \"T\" must be an object")]
    [InlineData("\"T\":null◄", "the target \"T\" must be an object")]
    [InlineData("\" \":◄{}", "a target's name must have 1 to 200 characters")]
    [InlineData("\"T\":{◄}", "the target \"T\" has neither \"offers\" nor \"skuId\"")]
    [InlineData("\"T\":{◄\"partNumber\":\"P\"}", "nothing could be bought")]
    [InlineData("\"T\":{\"skuId\":\"cccccccc\"◄}", "\"skuId\" must be a GUID")]
    [InlineData("\"T\":{\"skuId\":null◄}", "\"skuId\" must be a GUID")]
    [InlineData("\"T\":{\"skuId\":\"cccccccc-0000-4000-8000-000000000003\\n\"◄}", "\"skuId\" must be a GUID")]
    [InlineData("\"T\":{SKU,\"partNumber\":\"with space\"◄}", "\"partNumber\" must be a part number without spaces")]
    [InlineData("\"T\":{SKU,\"partNumber\":\"P\\n\"◄}", "\"partNumber\" must be a part number without spaces")]
    [InlineData("\"T\":{SKU,\"partNumber\":\"\"◄}", "\"partNumber\" must be a part number without spaces")]
    [InlineData("\"T\":{SKU,\"minimumQuantity\":0◄}", "\"minimumQuantity\" must be a whole number from 1 to 1000000")]
    [InlineData("\"T\":{SKU,\"minimumQuantity\":1000001◄}", "\"minimumQuantity\" must be a whole number from 1 to 1000000")]
    [InlineData("\"T\":{SKU,\"minimumQuantity\":1.5◄}", "\"minimumQuantity\" must be a whole number")]
    [InlineData("\"T\":{SKU,\"minimumQuantity\":\"5\"◄}", "\"minimumQuantity\" must be a whole number")]
    [InlineData("\"T\":{SKU,\"minimumQuantity\":99999999999999999999◄}", "\"minimumQuantity\" must be a whole number")]
    [InlineData("\"T\":{SKU,\"qualified\":\"yes\"◄}", "\"qualified\" must be true or false")]
    [InlineData("\"T\":{SKU,\"qualified\":1◄}", "\"qualified\" must be true or false")]
    [InlineData("\"T\":{SKU,\"price\":◄1}", "\"price\" is not known here")]
    [InlineData("\"T\":{SKU,\"offers\":{◄}}", "\"offers\" must be a list")]
    [InlineData("\"T\":{SKU,\"offers\":[◄]}", "\"offers\" is empty")]
    [InlineData("\"T\":{SKU,\"offers\":[\"x\"◄]}", "an offer must be an object")]
    [InlineData("\"T\":{SKU,\"offers\":[{◄}]}", "\"offerId\" is missing")]
    [InlineData("\"T\":{SKU,\"offers\":[{\"offerId\":\"CFQ7TTC0LH18:0001\"◄}]}", "\"offerId\" must be a GUID")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"from\":0◄}]}", "\"from\" must be a whole number")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"to\":-1◄}]}", "\"to\" must be a whole number")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"withdrawnOn\":\"01.01.2019\"◄}]}", "\"withdrawnOn\" must be a date such as 2019-01-01")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"withdrawnOn\":\"2019-02-30\"◄}]}", "\"withdrawnOn\" must be a date such as 2019-01-01")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"until\":◄1}]}", "\"until\" is not known here")]
    [InlineData("\"T\":{SKU,\"offers\":[{◄OFFER1,\"from\":2}]}", "begins at 2, where 1 was expected")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"to\":9},{◄OFFER2,\"from\":11}]}", "begins at 11, where 10 was expected")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"to\":9},{◄OFFER2,\"from\":9}]}", "begins at 9, where 10 was expected")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1,\"to\":9},{◄OFFER2,\"from\":10,\"to\":9}]}", "ends at 9, before it begins")]
    [InlineData("\"T\":{SKU,\"offers\":[{◄OFFER1},{OFFER2,\"from\":10}]}", "only the last seat tier may have no end")]
    [InlineData("\"T\":{SKU,\"offers\":[{OFFER1}]},\"U\":{SKU,\"offers\":[{◄OFFER1}]}", "belongs to two targets")]
    [InlineData("\"T\":{SKU},\"t\":◄{SKU}", "the target \"t\" is there twice")]
    [InlineData("\"T\":{SKU},\"T\":◄{SKU}", "already exists")]
    public void A_bad_target_is_refused_at_its_place(string targets, string reason)
    {
        AssertRefused($$"""{"formatVersion":1,"mappings":[],"targets":{{{Fill(targets)}}} }""", reason);
    }

    [Theory]
    [InlineData("{◄}", "\"mappings\" must be a list")]
    [InlineData("[◄]", "\"mappings\" is empty")]
    [InlineData("[null◄]", "a mapping must be an object")]
    [InlineData("[{◄}]", "\"family\" is missing")]
    [InlineData("[{\"family\":[◄]}]", "\"family\" must be text")]
    [InlineData("[{◄\"family\":\"F\"}]", "\"source\" is missing")]
    [InlineData("[{\"family\":\"F\",\"source\":\"S\"◄}]", "\"source\" must be an object")]
    [InlineData("[{\"family\":\"F\",\"source\":{◄},\"targets\":[\"T\"]}]", "\"name\" is missing")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"  \"◄},\"targets\":[\"T\"]}]", "\"name\" must have 1 to 200 characters")]
    [InlineData("[{\"family\":\"F\",\"source\":{◄\"name\":\"S\"},\"targets\":[\"T\"]}]", "it could not be recognized")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"offerIds\":[◄]},\"targets\":[\"T\"]}]", "\"offerIds\" is empty")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"offerIds\":\"x\"◄},\"targets\":[\"T\"]}]", "\"offerIds\" must be a list")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"offerIds\":[\"a:b:c\"◄]},\"targets\":[\"T\"]}]", "an offer id must be a GUID, or product:sku")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"offerIds\":[\"a:b\\n\"◄]},\"targets\":[\"T\"]}]", "an offer id must be a GUID, or product:sku")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"offerIds\":[7◄]},\"targets\":[\"T\"]}]", "an offer id must be a GUID, or product:sku")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"skuId\":\"x\"◄},\"targets\":[\"T\"]}]", "\"skuId\" must be a GUID")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"sku\":◄\"x\"},\"targets\":[\"T\"]}]", "\"sku\" is not known here")]
    [InlineData("[{◄\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"}}]", "\"targets\" is missing")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":[◄]}]", "\"targets\" is empty")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":\"T\"◄}]", "\"targets\" must be a list")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":[\"T\",\"X\"◄]}]", "the target \"X\" is not defined")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":[\"T\",\"t\"◄]}]", "the target \"t\" is there twice")]
    [InlineData("[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":[\"Q\"◄,\"T\"]}]", "the default target \"Q\" is qualified")]
    [InlineData("[{\"family\":\"F\",\"source\":{◄\"name\":\"S\",\"partNumber\":\"P\",\"offerIds\":[\"a:b\",\"A:B\"]},\"targets\":[\"T\"]}]", "A:B is a source twice")]
    [InlineData(
        "[{\"family\":\"F\",\"source\":{\"name\":\"S\",\"partNumber\":\"P\"},\"targets\":[\"T\"]},{\"family\":\"F\",\"source\":{◄\"name\":\"R\",\"partNumber\":\"p\"},\"targets\":[\"T\"]}]",
        "p is a source twice")]
    public void A_bad_mapping_is_refused_at_its_place(string mappings, string reason)
    {
        AssertRefused(Fill($$"""{"formatVersion":1,"mappings":{{mappings}},"targets":{"T":{SKU},"Q":{SKU,"qualified":true} } }"""), reason);
    }

    // Here ◄ stands where the reading stopped: behind the last character that still made sense.
    [Theory]
    [InlineData("{\"formatVersion\":1,◄", "this is not JSON")]
    [InlineData("{\"formatVersion\":◄}", "this is not JSON")]
    [InlineData("{\"formatVersion\" ◄1}", "this is not JSON")]
    [InlineData("{◄<html>", "this is not JSON")]
    public void What_is_not_JSON_is_refused_where_it_stops_to_be(string text, string reason)
    {
        AssertRefused(text, reason);
    }

    [Fact]
    public void An_error_further_down_names_its_line()
    {
        AssertRefused(Good.Replace("\"minimumQuantity\": 5", "\"minimumQuantity\": 0◄", StringComparison.Ordinal), "\"minimumQuantity\" must be a whole number");
        AssertRefused(Good.ReplaceLineEndings("\r\n").Replace("[\"T\", \"Q\"]", "[\"T\", \"Z\"◄]", StringComparison.Ordinal), "the target \"Z\" is not defined");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("Hello")]
    [InlineData("{} {}")]
    public void What_is_no_map_at_all_is_refused(string text)
    {
        Assert.Equal("MapInvalid", Assert.Throws<CspMigrationException>(() => MapTexts.Read(text)).ErrorId);
    }

    [Theory]
    [InlineData("\n◄{}")]
    [InlineData("\n// The end\n◄]")]
    [InlineData(" /* The end */ ◄{}")]
    public void Anything_but_comments_behind_the_map_is_refused(string end)
    {
        AssertRefused(Good + end, "this is not JSON");
    }

    [Fact]
    public void A_map_that_nests_without_end_is_refused()
    {
        var text = "{\"formatVersion\":" + string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.Equal("MapInvalid", Assert.Throws<CspMigrationException>(() => MapTexts.Read(text)).ErrorId);
    }

    [Fact]
    public void The_error_says_what_to_do()
    {
        var e = Assert.Throws<CspMigrationException>(() => MapTexts.Read("[]"));

        Assert.Contains("SkuMap.schema.json", e.RecommendedAction, StringComparison.Ordinal);
    }

    private static string Fill(string text)
    {
        return text
            .Replace("SKU", "\"skuId\":\"cccccccc-0000-4000-8000-000000000003\"", StringComparison.Ordinal)
            .Replace("OFFER1", "\"offerId\":\"dddddddd-0000-4000-8000-000000000004\"", StringComparison.Ordinal)
            .Replace("OFFER2", "\"offerId\":\"dddddddd-0000-4000-8000-000000000005\"", StringComparison.Ordinal);
    }

    private static void AssertRefused(string marked, string reason)
    {
        var at = marked.IndexOf('◄', StringComparison.Ordinal);
        var line = marked[..at].Count(character => character == '\n') + 1;

        // At the very beginning of a line it is the first column: there is none before it.
        var column = Math.Max(1, at - (marked[..at].LastIndexOf('\n') + 1));

        var e = Assert.Throws<CspMigrationException>(() => MapTexts.Read(marked.Remove(at, 1)));

        Assert.Equal("MapInvalid", e.ErrorId);
        Assert.StartsWith($"{MapTexts.File}, line {line}, column {column}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
