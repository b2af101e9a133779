using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Http;

/// <summary>
/// An object in the body of a request. Names are matched in any casing, null counts as absent, numbers and flags may be text,
/// and unknown members are ignored.
/// </summary>
internal sealed class JsonBody
{
    private readonly JObject _members;

    public JsonBody(JObject members)
    {
        _members = members;
    }

    public IEnumerable<string> Names => _members.Properties().Select(property => property.Name);

    /// <summary>Parses a body; an empty one is an object without members.</summary>
    /// <exception cref="FormatException">It is not a JSON object.</exception>
    public static JsonBody Parse(byte[] bytes) => ParseToken(bytes) switch
    {
        null => new JsonBody([]),
        JObject members => new JsonBody(members),
        _ => throw new FormatException("The body must be a JSON object."),
    };

    /// <summary>Parses a body of any JSON; null if it is empty.</summary>
    /// <exception cref="FormatException">It is not JSON.</exception>
    public static JToken? ParseToken(byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None };
        try
        {
            if (!reader.Read())
            {
                return null;
            }

            var token = JToken.ReadFrom(reader);
            return reader.Read() ? throw new FormatException("There is something behind the JSON of the body.") : token;
        }
        catch (JsonException e)
        {
            throw new FormatException("The body is not JSON: " + e.Message, e);
        }
    }

    /// <summary>A member as it is; null if it is absent.</summary>
    public JToken? Token(string name) => Value(name);

    public bool Has(string name) => Value(name) != null;

    public string? Text(string name) => Value(name) switch
    {
        null => null,
        JValue value => Convert.ToString(value.Value, CultureInfo.InvariantCulture),
        _ => throw Unfit(name, "text"),
    };

    /// <summary>A text, null if it is absent or empty: clients that write whole objects send empty texts for unset members.</summary>
    public string? NonEmptyText(string name) => Text(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A word of an enumeration, in the service's spelling; null if it is absent or empty.</summary>
    /// <exception cref="ServiceException">The enumeration has no such word.</exception>
    public string? Word(string name, Vocabulary words)
    {
        var text = NonEmptyText(name);
        return text == null ? null : words.Find(text) ?? throw Refusals.InvalidProperty(name, $"{text} is not one of {words}.");
    }

    /// <summary>A point in time; without an offset it is UTC.</summary>
    /// <exception cref="ServiceException">It is not a date.</exception>
    public DateTimeOffset? Moment(string name)
    {
        var text = NonEmptyText(name);
        if (text == null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime()
            : throw Refusals.InvalidProperty(name, $"{text} is not a date.");
    }

    public int? Whole(string name)
    {
        var text = Text(name);
        if (text == null)
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw Unfit(name, "a whole number");
    }

    public bool? Flag(string name)
    {
        var text = Text(name);
        if (text == null)
        {
            return null;
        }

        return bool.TryParse(text, out var flag) ? flag : throw Unfit(name, "true or false");
    }

    public JsonBody? Object(string name) => Value(name) switch
    {
        null => null,
        JObject members => new JsonBody(members),
        _ => throw Unfit(name, "an object"),
    };

    public IReadOnlyList<JsonBody> Objects(string name) =>
        Array(name).Select(item => item is JObject members ? new JsonBody(members) : throw Unfit(name, "a list of objects")).ToList();

    /// <summary>A list of objects; some clients write a single object instead.</summary>
    public IReadOnlyList<JsonBody> ObjectsOrObject(string name) => Value(name) is JObject members ? [new JsonBody(members)] : Objects(name);

    public IReadOnlyList<string> Texts(string name) =>
        Array(name).Select(item => item is JValue { Type: not JTokenType.Null } value
            ? Convert.ToString(value.Value, CultureInfo.InvariantCulture)!
            : throw Unfit(name, "a list of texts")).ToList();

    /// <summary>A list of texts; some clients write a single text instead.</summary>
    public IReadOnlyList<string> TextsOrText(string name) => Value(name) is JArray ? Texts(name) : NonEmptyText(name) is { } text ? [text] : [];

    private static FormatException Unfit(string name, string kind) => new($"{name} must be {kind}.");

    private JArray Array(string name) => Value(name) switch
    {
        null => [],
        JArray items => items,
        _ => throw Unfit(name, "a list"),
    };

    private JToken? Value(string name)
    {
        var value = _members.GetValue(name, StringComparison.OrdinalIgnoreCase);
        return value is { Type: not JTokenType.Null } ? value : null;
    }
}
