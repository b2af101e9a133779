using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Json;

/// <summary>
/// Reads one resource tolerantly: names in any case, numbers as text, unknown members and words kept out of the way.
/// What is missing but needed is <c>UnexpectedAnswer</c>, naming resource and member.
/// </summary>
internal sealed class ResourceReader
{
    private readonly string _name;

    /// <param name="json">What the service sent in its place.</param>
    /// <param name="resource">What it is called in an error.</param>
    /// <exception cref="CspMigrationException"><c>UnexpectedAnswer</c>: it is not an object.</exception>
    public ResourceReader(JToken? json, string resource)
    {
        _name = resource;
        Json = json as JObject ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent {Describe(json)} where {resource} was expected.");
    }

    public JObject Json { get; }

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    /// <summary>An id that each such resource has.</summary>
    public Id<TKind> RequiredId<TKind>(string name)
        where TKind : struct
    {
        return Id<TKind>(name) ?? throw Missing(name);
    }

    /// <summary>An id; null where it is missing or empty.</summary>
    public Id<TKind>? Id<TKind>(string name)
        where TKind : struct
    {
        return Ids.Id<TKind>.FromOrNull(Text(name));
    }

    /// <summary>The id of what is on sale that each such resource has.</summary>
    public CatalogItemId RequiredCatalogItemId(string name) => CatalogItemId(name) ?? throw Missing(name);

    /// <summary>The id of what is on sale; null where it is missing or empty.</summary>
    public CatalogItemId? CatalogItemId(string name) => Ids.CatalogItemId.FromOrNull(Text(name));

    /// <summary>The ids of a list of what is on sale.</summary>
    public IReadOnlyList<CatalogItemId> CatalogItemIds(string name) => [.. Texts(name).Select(Ids.CatalogItemId.From)];

    /// <summary>Text as sent; numbers and booleans as text; empty text counts as missing.</summary>
    public string? Text(string name)
    {
        var text = Value(name) switch
        {
            null => null,
            string s => s,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString(),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
    }

    /// <summary>A whole number, also as text.</summary>
    public int? Number(string name)
    {
        switch (Value(name))
        {
            case null when Find(name) is null:
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
                    $"The service sent {Describe(Find(name))} as \"{name}\" of {_name}, where a whole number was expected.");
        }
    }

    public bool Flag(string name)
    {
        return Value(name) switch
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
        return Find(name) is JObject json ? new ResourceReader(json, $"\"{name}\" of {_name}") : null;
    }

    /// <summary>The objects of a list; a single object counts as a list of one; anything else in it is passed over.</summary>
    public IReadOnlyList<ResourceReader> Resources(string name)
    {
        IEnumerable<JToken> items = Find(name) switch
        {
            JArray list => list,
            JObject single => [single],
            _ => [],
        };
        return [.. items.OfType<JObject>().Select(item => new ResourceReader(item, $"an entry of \"{name}\" of {_name}"))];
    }

    /// <summary>The same for a list that each such resource has: one that is missing says nothing, and not that there is nothing.</summary>
    public IReadOnlyList<ResourceReader> RequiredResources(string name) => Find(name) is null ? throw Missing(name) : Resources(name);

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        return Find(name) is JArray list
            ? [.. list.OfType<JValue>().Select(item => Convert.ToString(item.Value, CultureInfo.InvariantCulture)).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!)]
            : [];
    }

    private JToken? Find(string name) => ServiceJson.Find(Json, name);

    // Text, a number or a truth value; null for anything else.
    private object? Value(string name) => (Find(name) as JValue)?.Value;

    // Less than a day of a certain year the framework would take for one of this year, "10:30" even for today.
    private static bool BeginsWithDay(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-';

    private CspMigrationException Missing(string name)
    {
        return PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent {_name} without \"{name}\".");
    }

    private static string Describe(JToken? json)
    {
        return json switch
        {
            JObject => "an object",
            JArray => "a list",
            JValue { Value: string text } => $"the text \"{(text.Length > 40 ? text.Substring(0, 40) + "…" : text)}\"",
            JValue { Value: BigInteger } => "a number that is too large",
            JValue { Value: { } value } => $"the value {Convert.ToString(value, CultureInfo.InvariantCulture)}",
            _ => "nothing",
        };
    }
}
