using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>The published schema and the reader agree.</summary>
public sealed class SkuMapSchemaTests
{
    private static readonly Gen<JToken> Replacements = Gen.Elements(
        JValue.CreateNull(),
        new JValue(0),
        new JValue(1),
        new JValue(-1),
        new JValue(1.5),
        new JValue(1_000_001),
        new JValue(true),
        new JValue(""),
        new JValue(" "),
        new JValue("x"),
        new JValue(new string('x', 201)),
        new JValue("2019-01-01"),
        new JValue("a:b"),
        new JValue("eeeeeeee-0000-4000-8000-000000000001"),
        new JArray(),
        new JArray(1),
        (JToken)new JObject(),
        new JObject { ["name"] = "x" });

    private static readonly Gen<string> BuiltIn = Gen.Elements(MapTexts.BuiltIn.Values.ToArray());

    [Fact]
    public async Task The_maps_that_come_with_the_module_follow_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(MapTexts.Schema);

        Assert.All(MapTexts.BuiltIn.Values, text => Assert.Empty(schema.Validate(text)));
    }

    [Fact]
    public async Task What_the_schema_refuses_the_reader_refuses_and_it_fails_in_no_other_way()
    {
        var schema = await JsonSchema.FromJsonAsync(MapTexts.Schema);
        var changes =
            from place in Gen.Choose(0, int.MaxValue)
            from kind in Gen.Choose(0, 3)
            from replacement in Replacements
            select new Action<JObject>(map => Change(map, place, kind, replacement));
        var refusedBySchema = 0;

        var cases = from text in BuiltIn from list in Gen.NonEmptyListOf(changes).Resize(3) select (text, list);
        Always.Holds(cases, one =>
        {
            var map = JObject.Parse(one.text);
            foreach (var change in one.list)
            {
                change(map);
            }

            var isRead = IsRead(map.ToString(Formatting.None));
            if (schema.Validate(map).Count > 0)
            {
                refusedBySchema++;
                Assert.False(isRead);
            }
        });

        Assert.NotEqual(0, refusedBySchema);
    }

    [Fact]
    public void A_map_cut_off_anywhere_is_refused()
    {
        var cuts = from whole in BuiltIn from length in Gen.Choose(0, whole.TrimEnd().Length - 1) select whole[..length];

        Always.Holds(cuts, text => Assert.False(IsRead(text)));
    }

    [Fact]
    public void A_map_with_slips_of_the_keyboard_is_read_or_refused_and_nothing_else()
    {
        Always.Holds(JsonTexts.Damaged(BuiltIn), text => _ = IsRead(text));
    }

    private static bool IsRead(string text)
    {
        try
        {
            _ = MapTexts.Read(text);
            return true;
        }
        catch (CspMigrationException e)
        {
            Assert.Equal("MapInvalid", e.ErrorId);
            Assert.Matches(@"(?s)^map\.json, line \d+, column \d+: .+\.$", e.Message);
            return false;
        }
    }

    private static void Change(JObject map, int place, int kind, JToken replacement)
    {
        List<JToken> places = [.. map.Descendants().Where(token => token is not JProperty)];
        if (places.Count == 0)
        {
            return;
        }

        var token = places[place % places.Count];
        var member = token.Parent as JProperty;
        switch (kind)
        {
            case 0:
                ((JToken?)member ?? token).Remove();
                break;
            case 1 when member is null:
                token.AddAfterSelf(token.DeepClone());
                break;
            case 1:
                ((JObject)member.Parent!)[member.Name + "2"] = token.DeepClone();
                break;
            case 2:
                token.Replace(replacement.DeepClone());
                break;
            default:
                token.Replace(places[place / 7 % places.Count].DeepClone());
                break;
        }
    }
}
