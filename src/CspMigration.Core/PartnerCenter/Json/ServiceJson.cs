using System;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Json;

/// <summary>Reads and writes the service's JSON without changing what it does not know (API docs §2, "JSON rules").</summary>
internal static class ServiceJson
{
    private const int MaximumDepth = 64;

    private static readonly MemberNames Names = new();
    private static readonly CharPool Buffers = new();

    private static readonly JsonLoadSettings LoadSettings = new()
    {
        CommentHandling = CommentHandling.Ignore,
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace,
        LineInfoHandling = LineInfoHandling.Ignore,
    };

    /// <summary>Reads one JSON value, with or without a byte order mark. Dates stay the text they were sent as.</summary>
    /// <exception cref="JsonException">The text is not one JSON value, or nests too deeply.</exception>
    public static JToken Parse(TextReader text)
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
        var token = JToken.ReadFrom(reader, LoadSettings);
        while (reader.Read())
        {
            // Comments may follow; at anything else the reading fails.
        }

        return token;
    }

    /// <inheritdoc cref="Parse(TextReader)"/>
    public static JToken Parse(string text)
    {
        using var reader = new StringReader(text);
        return Parse(reader);
    }

    /// <summary>The value of a property whatever its casing; null where it is missing or JSON null.</summary>
    public static JToken? Find(JObject json, string name)
    {
        var value = json.GetValue(name, StringComparison.OrdinalIgnoreCase);
        return value is null || value.Type == JTokenType.Null ? null : value;
    }

    /// <summary>Sets a property under the name the service itself used, whatever its casing.</summary>
    public static void Set(JObject json, string name, JToken value)
    {
        var existing = json.Property(name, StringComparison.OrdinalIgnoreCase);
        json[existing?.Name ?? name] = value;
    }
}
