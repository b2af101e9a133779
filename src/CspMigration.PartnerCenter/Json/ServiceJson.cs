using System;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Json;

/// <summary>Reads and writes the service's JSON without changing what it does not know (docs/partner-center.md §2, "JSON rules").</summary>
internal static class ServiceJson
{
    private const int MaximumDepth = 64;

    private static readonly JsonLoadSettings Settings = new()
    {
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace,
        LineInfoHandling = LineInfoHandling.Ignore,
    };

    /// <summary>Reads one JSON value, with or without a byte order mark; JSON null is null. Dates stay the text they were sent as.</summary>
    /// <exception cref="JsonException">The text is not one JSON value, or nests too deeply.</exception>
    public static JToken? Parse(TextReader text)
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
        };
        var value = JToken.Load(reader, Settings);
        while (reader.Read())
        {
            // Comments may follow; at anything else the reading fails.
        }

        return value.Type == JTokenType.Null ? null : value;
    }

    /// <inheritdoc cref="Parse(TextReader)"/>
    public static JToken? Parse(string text)
    {
        using var reader = new StringReader(text);
        return Parse(reader);
    }

    /// <summary>A property whatever its casing, the exact name first; null where it is missing or JSON null.</summary>
    public static JToken? Find(JObject json, string name)
    {
        return json.GetValue(name, StringComparison.OrdinalIgnoreCase) is { Type: not JTokenType.Null } value ? value : null;
    }

    /// <summary>Sets a property under the name the service itself used, whatever its casing.</summary>
    public static void Set(JObject json, string name, JToken value)
    {
        var existing = json.Property(name, StringComparison.OrdinalIgnoreCase);
        json[existing?.Name ?? name] = value;
    }
}
