using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Changes JSON by seed: wrong types, members missing, doubled or out of range, deep nesting, links to another host.</summary>
internal sealed class JsonSpoiler(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "null", "-1", "1e400", "99999999999999999999999999", "../../../users", "..", "%2e%2e%2f", "<script>alert(1)</script>", "=1+1", "\u0000", "\uFEFF",
        "0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999Z", "not a date", $"https://{HostileHandler.Stranger}/v1/customers", new string('x', 5000),
    ];

    private readonly Random _random = new(seed);

    /// <summary>A text changed into something near it; null where it is no JSON with anything in it.</summary>
    public string? Spoil(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text.TrimStart('\uFEFF'));
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }

        if (root is null)
        {
            return null;
        }

        for (var i = _random.Next(3); i >= 0; i--)
        {
            Spoil(root);
        }

        var spoiled = root.ToJsonString();
        return _random.Next(10) switch
        {
            // A doubled member, which no document model can hold.
            0 when spoiled.StartsWith('{') && spoiled.Length > 2 => "{\"id\":\"doubled\",\"items\":5," + spoiled[1..],
            1 => string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500)),
            2 => spoiled[..(spoiled.Length / 2)],
            _ => spoiled,
        };
    }

    private void Spoil(JsonNode root)
    {
        var all = Nodes(root).ToList();
        var node = all[_random.Next(all.Count)];
        switch (node)
        {
            case JsonObject item when item.Count > 0:
                var name = item.Select(member => member.Key).ElementAt(_random.Next(item.Count));
                if (_random.Next(3) == 0)
                {
                    _ = item.Remove(name);
                }
                else
                {
                    item[name] = Anything();
                }

                if (_random.Next(4) == 0)
                {
                    item["links"] = new JsonObject
                    {
                        ["next"] = new JsonObject
                        {
                            ["uri"] = $"https://{HostileHandler.Stranger}/v1/customers?size=500",
                            ["headers"] = new JsonArray(
                                new JsonObject { ["key"] = "Authorization", ["value"] = "x" },
                                new JsonObject { ["key"] = "MS-ContinuationToken", ["value"] = "t" }),
                        },
                    };
                }

                break;
            case JsonArray list when list.Count > 0:
                list[_random.Next(list.Count)] = Anything();
                break;
        }
    }

    private JsonNode? Anything()
    {
        return _random.Next(8) switch
        {
            0 => null,
            1 => JsonValue.Create(_random.Next(2) == 0),
            2 => JsonValue.Create(long.MaxValue),
            3 => JsonValue.Create(-1),
            4 => JsonValue.Create(1.5),
            5 => new JsonArray(),
            6 => new JsonObject { ["id"] = 7 },
            _ => JsonValue.Create(Texts[_random.Next(Texts.Length)]),
        };
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject item => item.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (var deeper in inner.OfType<JsonNode>().SelectMany(Nodes))
        {
            yield return deeper;
        }
    }
}
