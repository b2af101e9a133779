using System;
using System.Collections.Generic;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Json;

/// <summary>Reads and writes the service's JSON without changing what it does not know (docs/partner-center.md §2, "JSON rules").</summary>
internal static class ServiceJson
{
    private const int MaximumDepth = 64;
    private const int MostKept = 1024;

    private static readonly MemberNames Names = new();
    private static readonly CharPool Buffers = new();

    // The members of the objects that are being read, those of the innermost last: each object takes just the room it needs
    // when it is whole.
    [ThreadStatic]
    private static List<KeyValuePair<string, object?>>? _open;

    /// <summary>
    /// Reads one JSON value, with or without a byte order mark: <see cref="JsonMembers"/>, a list of values, text, a number, a
    /// truth value or null. Dates stay the text they were sent as.
    /// </summary>
    /// <exception cref="JsonException">The text is not one JSON value, or nests too deeply.</exception>
    public static object? Parse(TextReader text)
    {
        if (text.Peek() == '\uFEFF')
        {
            _ = text.Read();
        }

        using var reader = new JsonTextReader(text)
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = MaximumDepth,
            CloseInput = false,
            PropertyNameTable = Names,
            ArrayPool = Buffers,
        };
        _open ??= [];
        try
        {
            return ReadWhole(reader, _open);
        }
        finally
        {
            _open.Clear();
            _open = _open.Capacity > MostKept ? null : _open;
        }
    }

    /// <inheritdoc cref="Parse(TextReader)"/>
    public static object? Parse(string text)
    {
        using var reader = new StringReader(text);
        return Parse(reader);
    }

    /// <summary>What was read, as something to change and send back.</summary>
    public static JToken ToToken(object? value)
    {
        switch (value)
        {
            case JsonMembers members:
                var json = new JObject();
                foreach (var member in members)
                {
                    json.Add(member.Key, ToToken(member.Value));
                }

                return json;
            case List<object?> items:
                return new JArray(items.ConvertAll(ToToken));
            default:
                return value is null ? JValue.CreateNull() : new JValue(value);
        }
    }

    /// <summary>Sets a property under the name the service itself used, whatever its casing.</summary>
    public static void Set(JObject json, string name, JToken value)
    {
        var existing = json.Property(name, StringComparison.OrdinalIgnoreCase);
        json[existing?.Name ?? name] = value;
    }

    private static object? ReadWhole(JsonTextReader reader, List<KeyValuePair<string, object?>> members)
    {
        _ = Next(reader);
        var value = ReadValue(reader, members);
        while (reader.Read())
        {
            // Comments may follow; at anything else the reading fails.
        }

        return value;
    }

    private static object? ReadValue(JsonTextReader reader, List<KeyValuePair<string, object?>> members)
    {
        switch (reader.TokenType)
        {
            case JsonToken.StartObject:
                var first = members.Count;
                while (Next(reader) == JsonToken.PropertyName)
                {
                    var name = (string)reader.Value!;
                    _ = Next(reader);
                    members.Add(new(name, ReadValue(reader, members)));
                }

                var json = new JsonMembers(members, first);
                members.RemoveRange(first, members.Count - first);
                return json;
            case JsonToken.StartArray:
                var items = new List<object?>();
                while (Next(reader) != JsonToken.EndArray)
                {
                    items.Add(ReadValue(reader, members));
                }

                return items;
            case JsonToken.String or JsonToken.Integer or JsonToken.Float or JsonToken.Boolean or JsonToken.Null:
                return reader.Value;
            default:
                throw new JsonReaderException($"There is no value at line {reader.LineNumber}, position {reader.LinePosition}.");
        }
    }

    // Comments say nothing; a text that ends before its value does is an error.
    private static JsonToken Next(JsonTextReader reader)
    {
        do
        {
            if (!reader.Read())
            {
                throw new JsonReaderException($"The text ends at line {reader.LineNumber}, position {reader.LinePosition}, before its value does.");
            }
        }
        while (reader.TokenType == JsonToken.Comment);

        return reader.TokenType;
    }
}
