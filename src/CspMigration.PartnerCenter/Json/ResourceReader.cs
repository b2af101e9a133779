using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Json;

/// <summary>
/// Reads one resource tolerantly: names in any case, numbers as text, unknown members and words kept out of the way.
/// What is missing but needed is <c>UnexpectedAnswer</c>, naming resource and member.
/// </summary>
internal readonly struct ResourceReader
{
    private readonly string _owner;
    private readonly string? _member;

    public ResourceReader(object? json, string resource)
        : this(json, resource, member: null)
    {
    }

    // What it is called is put together only where an error says it.
    private ResourceReader(object? json, string owner, string? member)
    {
        _owner = owner;
        _member = member;
        Json = json as JsonMembers ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception(
            $"The service sent {Describe(json)} where {owner} was expected.");
    }

    public JsonMembers Json { get; }

    private string Name => _member is null ? _owner : $"\"{_member}\" of {_owner}";

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    public int RequiredNumber(string name) => Number(name) ?? throw Missing(name);

    /// <summary>Text as sent; numbers and booleans as text; empty text counts as missing.</summary>
    public string? Text(string name)
    {
        var text = Json.Find(name) switch
        {
            null or JsonMembers or List<object?> => null,
            string s => s,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString(),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
    }

    /// <summary>A whole number, also as text.</summary>
    public int? Number(string name)
    {
        var value = Json.Find(name);
        switch (value)
        {
            case null:
                return null;
            case long number when number is >= int.MinValue and <= int.MaxValue:
                return (int)number;
            case decimal fraction when fraction == decimal.Truncate(fraction) && fraction is >= int.MinValue and <= int.MaxValue:
                return (int)fraction;
            case string text when int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            case string text when string.IsNullOrWhiteSpace(text):
                return null;
            default:
                throw PartnerCenterErrors.UnexpectedAnswer.Exception(
                    $"The service sent {Describe(value)} as \"{name}\" of {Name}, where a whole number was expected.");
        }
    }

    public bool Flag(string name)
    {
        return Json.Find(name) switch
        {
            bool flag => flag,
            string text => bool.TryParse(text, out var parsed) && parsed,
            long number => number != 0,
            _ => false,
        };
    }

    /// <summary>
    /// A moment: without an offset it is UTC; text that is no date, and the year 1, count as missing.
    /// </summary>
    public DateTimeOffset? Date(string name)
    {
        var text = Text(name);
        return text is not null
            && BeginsWithDay(text)
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var date)
            && date.Year > 1
                ? date
                : null;
    }

    public ResourceReader? Resource(string name)
    {
        return Json.Find(name) is JsonMembers json ? new ResourceReader(json, Name, name) : null;
    }

    /// <summary>The objects of a list; a single object counts as a list of one; anything else in it is passed over.</summary>
    public IReadOnlyList<ResourceReader> Resources(string name)
    {
        switch (Json.Find(name))
        {
            case List<object?> list:
                var resource = $"an entry of \"{name}\" of {Name}";
                return [.. list.OfType<JsonMembers>().Select(item => new ResourceReader(item, resource))];
            case JsonMembers single:
                return [new ResourceReader(single, $"an entry of \"{name}\" of {Name}")];
            default:
                return [];
        }
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        return Json.Find(name) is List<object?> list
            ? [.. list.Where(item => item is not (JsonMembers or List<object?>)).Select(item => item?.ToString()).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!)]
            : [];
    }

    // Less than a day of a certain year the framework would take for one of this year, "10:30" even for today.
    private static bool BeginsWithDay(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-';

    private CspMigrationException Missing(string name)
    {
        return PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent {Name} without \"{name}\".");
    }

    private static string Describe(object? value)
    {
        return value switch
        {
            null => "nothing",
            JsonMembers => "an object",
            List<object?> => "a list",
            string text => $"the text \"{(text.Length > 40 ? text.Substring(0, 40) + "…" : text)}\"",
            BigInteger => "a number that is too large",
            _ => $"the value {Convert.ToString(value, CultureInfo.InvariantCulture)}",
        };
    }
}
