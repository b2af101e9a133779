using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Reads a SKU map and refuses a bad one with line, column and reason. It accepts what <c>SkuMap.schema.json</c>
/// accepts, less what a schema cannot say: names that lead nowhere, ids twice, seat tiers with gaps.
/// </summary>
internal sealed class SkuMapReader
{
    private const int FormatVersion = 1;
    private const int LongestName = 200;
    private const int MostListed = 5;
    private const int MostSeats = 1_000_000;

    private static readonly Regex Place = new(" Path '[^']*', line [0-9]+, position [0-9]+\\.$", RegexOptions.CultureInvariant);
    private static readonly Regex Guid = new("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z", RegexOptions.CultureInvariant);
    private static readonly Regex ProductSku = new("^[0-9A-Za-z]+:[0-9A-Za-z]+\\z", RegexOptions.CultureInvariant);
    private static readonly Regex PartNumber = new("^\\S+\\z", RegexOptions.CultureInvariant);

    private readonly string _file;

    private SkuMapReader(string file) => _file = file;

    /// <summary>Reads a map.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="CspMigrationException"><c>MapInvalid</c>.</exception>
    public static SkuMap Read(TextReader text, string file) => new SkuMapReader(file).Read(text);

    private SkuMap Read(TextReader text)
    {
        var map = Load(text);
        Allow(map, "$schema", "formatVersion", "name", "replacesBuiltIn", "mappings", "targets");
        _ = OptionalText(map, "$schema");
        var version = Required(map, "formatVersion");
        if (version is not JValue { Value: long number } || number != FormatVersion)
        {
            throw Invalid(version, $"\"formatVersion\" must be {FormatVersion}, the format this version of the module reads");
        }

        _ = OptionalName(map, "name");
        var targets = map["targets"] is null && NeedsNoTargets(map["mappings"]) ? [] : ReadTargets(Object(Required(map, "targets"), "\"targets\""));
        var sources = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var mappings = Items(Required(map, "mappings"), "\"mappings\"").Select(item => ReadMapping(item, targets, sources)).ToList();
        return new SkuMap(mappings, OptionalFlag(map, "replacesBuiltIn"));
    }

    private JObject Load(TextReader text)
    {
        try
        {
            using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
            var token = JToken.ReadFrom(reader, new JsonLoadSettings
            {
                CommentHandling = CommentHandling.Ignore,
                DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
                LineInfoHandling = LineInfoHandling.Load,
            });
            while (reader.Read())
            {
                // Comments may follow; at anything else the reading fails.
            }

            return Object(token, "a SKU map");
        }
        catch (JsonReaderException e)
        {
            // Before the first token the reader counts from nought.
            throw Invalid(Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition), $"this is not JSON: {WithoutPlace(e.Message)}", e);
        }
    }

    // Where no license replaces any of the SKUs.
    private static bool NeedsNoTargets(JToken? mappings) => mappings is JArray { Count: > 0 } && mappings.All(mapping => (mapping as JObject)?["noTargetReason"] is not null);

    private Dictionary<string, SkuTarget> ReadTargets(JObject json)
    {
        var targets = new Dictionary<string, SkuTarget>(StringComparer.OrdinalIgnoreCase);
        var offerIds = new HashSet<CatalogItemId>();
        foreach (var property in json.Properties())
        {
            CheckName(property.Name, property, "a target's name");
            var target = ReadTarget(property.Name, Object(property.Value, $"the target \"{property.Name}\""), offerIds);
            if (targets.ContainsKey(property.Name))
            {
                throw Invalid(property, $"the target \"{property.Name}\" is there twice: take one out");
            }

            targets.Add(property.Name, target);
        }

        CheckAliases(json, targets);
        return targets.Count == 0 ? throw Invalid(json, "\"targets\" is empty: define at least one") : targets;
    }

    // A name that means two targets would have the wrong one bought.
    private void CheckAliases(JObject json, Dictionary<string, SkuTarget> targets)
    {
        var taken = targets.Keys.ToDictionary(ProductName.WithoutVendor, name => name, StringComparer.OrdinalIgnoreCase);
        foreach (var target in targets.Values)
        {
            foreach (var (alias, place) in target.Aliases.Zip((JArray?)json[target.Name]!["aliases"] ?? [], (alias, place) => (alias, place)))
            {
                if (taken.TryGetValue(ProductName.WithoutVendor(alias), out var other))
                {
                    throw Invalid(place, $"the alias \"{alias}\" of \"{target.Name}\" is a name of \"{other}\" as well: take it out of one");
                }

                taken.Add(ProductName.WithoutVendor(alias), target.Name);
            }
        }
    }

    private SkuTarget ReadTarget(string name, JObject json, HashSet<CatalogItemId> offerIds)
    {
        Allow(json, "aliases", "skuId", "partNumber", "minimumQuantity", "qualified", "offers");
        var offers = json["offers"] is { } list
            ? Items(list, "\"offers\"").Select(item => ReadOffer(item, offerIds)).ToList()
            : [];
        CheckTiers(json, offers);
        var skuId = OptionalPattern(json, "skuId", Guid, "a GUID");
        if (offers.Count == 0 && skuId is null)
        {
            throw Invalid(json, $"the target \"{name}\" has neither \"offers\" nor \"skuId\": nothing could be bought; add one of them");
        }

        return new SkuTarget
        {
            Name = name,
            Aliases = OptionalNames(json, "aliases"),
            OfferIds = offers,
            SkuId = skuId,
            PartNumber = OptionalPattern(json, "partNumber", PartNumber, "a part number without spaces"),
            MinimumQuantity = OptionalSeats(json, "minimumQuantity") ?? 1,
            IsQualified = OptionalFlag(json, "qualified"),
        };
    }

    private SkuTargetOffer ReadOffer(JToken token, HashSet<CatalogItemId> offerIds)
    {
        var json = Object(token, "an offer");
        Allow(json, "offerId", "from", "to", "withdrawnOn");
        var offerId = Pattern(Required(json, "offerId"), "offerId", Guid, "a GUID");
        return !offerIds.Add(CatalogItemId.From(offerId))
            ? throw Invalid(json, $"the offer {offerId} belongs to two targets: take it out of one")
            : new SkuTargetOffer
            {
                OfferId = offerId,
                From = OptionalSeats(json, "from") ?? 1,
                To = OptionalSeats(json, "to"),
                WithdrawnOn = OptionalDate(json, "withdrawnOn"),
            };
    }

    // Seat tiers follow one another without gap or overlap, and only the last is open.
    private void CheckTiers(JObject target, List<SkuTargetOffer> offers)
    {
        var next = 1;
        for (var i = 0; i < offers.Count; i++)
        {
            var place = ((JArray)target["offers"]!)[i];
            if (offers[i].From != next)
            {
                throw Invalid(place, $"the seat tier begins at {offers[i].From}, where {next} was expected: tiers follow one another without gap or overlap");
            }

            if (offers[i].To is { } to)
            {
                next = to < offers[i].From ? throw Invalid(place, $"the seat tier ends at {to}, before it begins") : to + 1;
            }
            else if (i < offers.Count - 1)
            {
                throw Invalid(place, "only the last seat tier may have no end");
            }
        }
    }

    private SkuMapping ReadMapping(JToken token, Dictionary<string, SkuTarget> targets, HashSet<string> sources)
    {
        var json = Object(token, "a mapping");
        Allow(json, "family", "source", "retiredOn", "retirementSource", "targets", "noTargetReason");
        var family = Name(Required(json, "family"), "\"family\"");
        var source = Object(Required(json, "source"), "\"source\"");
        Allow(source, "name", "aliases", "offerIds", "skuId", "partNumber");
        var name = Name(Required(source, "name"), "\"name\"");
        var offerIds = source["offerIds"] is { } ids
            ? Items(ids, "\"offerIds\"").Select(id => OfferId(id)).ToList()
            : [];
        var skuId = OptionalPattern(source, "skuId", Guid, "a GUID");
        var partNumber = OptionalPattern(source, "partNumber", PartNumber, "a part number without spaces");
        if (offerIds.Count == 0 && skuId is null && partNumber is null)
        {
            throw Invalid(source, $"the source \"{name}\" has neither \"offerIds\" nor \"skuId\" nor \"partNumber\": it could not be recognized; add one of them");
        }

        foreach (var key in offerIds.Append(skuId).Append(partNumber))
        {
            if (key is not null && !sources.Add(key))
            {
                throw Invalid(source, $"{key} is a source twice: take it out of one place");
            }
        }

        var mapping = new SkuMapping
        {
            Family = family,
            Source = name,
            SourceAliases = OptionalNames(source, "aliases"),
            SourceOfferIds = offerIds,
            SourceSkuId = skuId,
            SourcePartNumber = partNumber,
            RetiredOn = OptionalDate(json, "retiredOn"),
            RetirementSource = OptionalName(json, "retirementSource"),
            NoTargetReason = OptionalName(json, "noTargetReason"),
        };
        return mapping.NoTargetReason is null ? mapping with { Targets = ReadTargetNames(Required(json, "targets"), mapping, targets) }
            : json["targets"] is { } unwanted ? throw Invalid(unwanted, $"\"{name}\" has both \"targets\" and \"noTargetReason\": take one of them out")
            : mapping;
    }

    private List<SkuTarget> ReadTargetNames(JToken token, SkuMapping mapping, Dictionary<string, SkuTarget> targets)
    {
        var chosen = new List<SkuTarget>();
        foreach (var item in Items(token, "\"targets\""))
        {
            var name = Name(item, "a target's name");
            if (!targets.TryGetValue(name, out var target))
            {
                throw Invalid(item, $"the target \"{name}\" is not defined under \"targets\": define it there, or name one of {string.Join(", ", targets.Keys.Take(MostListed))}");
            }

            if (chosen.Exists(other => other.Name == target.Name))
            {
                throw Invalid(item, $"the target \"{name}\" is there twice: take one out");
            }

            if (SkuMap.IsItself(mapping, target))
            {
                throw Invalid(item, $"\"{mapping.Source}\" is replaced by itself: the target \"{name}\" has its id");
            }

            if (chosen.Count == 0 && target.IsQualified)
            {
                throw Invalid(item, $"the default target \"{name}\" is qualified; those are never chosen unless named: put another one first");
            }

            chosen.Add(target with { IsDefault = chosen.Count == 0 });
        }

        return chosen;
    }

    private string OfferId(JToken token)
    {
        var text = (token as JValue)?.Value as string;
        return text is not null && (Guid.IsMatch(text) || ProductSku.IsMatch(text))
            ? text
            : throw Invalid(token, "an offer id must be a GUID, or product:sku");
    }

    private void Allow(JObject json, params string[] names)
    {
        foreach (var property in json.Properties().Where(property => Array.IndexOf(names, property.Name) < 0))
        {
            throw Invalid(property, $"\"{property.Name}\" is not known here: take it out, or write one of {string.Join(", ", names)}");
        }
    }

    private JToken Required(JObject json, string name)
    {
        return json[name] ?? throw Invalid(json, $"\"{name}\" is missing: add it to the object that begins here");
    }

    private JObject Object(JToken token, string what)
    {
        return token as JObject ?? throw Invalid(token, $"{what} must be an object");
    }

    private JArray Items(JToken token, string what)
    {
        return token is not JArray list ? throw Invalid(token, $"{what} must be a list")
            : list.Count == 0 ? throw Invalid(token, $"{what} is empty: it needs at least one item")
            : list;
    }

    private string Name(JToken token, string what)
    {
        var text = (token as JValue)?.Value as string ?? throw Invalid(token, $"{what} must be text");
        CheckName(text, token, what);
        return text;
    }

    private void CheckName(string text, IJsonLineInfo place, string what)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestName)
        {
            throw Invalid(place, $"{what} must have 1 to {LongestName} characters");
        }
    }

    private string? OptionalName(JObject json, string name) => json[name] is { } token ? Name(token, $"\"{name}\"") : null;

    private IReadOnlyList<string> OptionalNames(JObject json, string name)
    {
        return json[name] is { } token ? [.. Items(token, $"\"{name}\"").Select(item => Name(item, $"an item of \"{name}\""))] : [];
    }

    private string? OptionalText(JObject json, string name)
    {
        return json[name] is not { } token ? null : (token as JValue)?.Value as string ?? throw Invalid(token, $"\"{name}\" must be text");
    }

    private string? OptionalPattern(JObject json, string name, Regex pattern, string form)
    {
        return json[name] is { } token ? Pattern(token, name, pattern, form) : null;
    }

    private string Pattern(JToken token, string name, Regex pattern, string form)
    {
        return (token as JValue)?.Value is string text && text.Length <= LongestName && pattern.IsMatch(text)
            ? text
            : throw Invalid(token, $"\"{name}\" must be {form}");
    }

    private int? OptionalSeats(JObject json, string name)
    {
        return json[name] switch
        {
            null => null,
            JValue { Value: long and >= 1 and <= MostSeats and var seats } => (int)seats,
            var token => throw Invalid(token, $"\"{name}\" must be a whole number from 1 to {MostSeats}"),
        };
    }

    private bool OptionalFlag(JObject json, string name)
    {
        return json[name] switch
        {
            null => false,
            JValue { Value: bool flag } => flag,
            var token => throw Invalid(token, $"\"{name}\" must be true or false"),
        };
    }

    private DateTime? OptionalDate(JObject json, string name)
    {
        return json[name] switch
        {
            null => null,
            JValue { Value: string text } when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
            var token => throw Invalid(token, $"\"{name}\" must be a date such as 2019-01-01"),
        };
    }

    private CspMigrationException Invalid(IJsonLineInfo place, string reason) => Invalid(place.LineNumber, place.LinePosition, reason);

    private CspMigrationException Invalid(int line, int column, string reason, Exception? inner = null)
    {
        return ErrorCatalog.MapInvalid.Exception($"{_file}, line {line}, column {column}: {reason.TrimEnd('.')}.", inner: inner);
    }

    // The message names the place itself, as people count.
    private static string WithoutPlace(string message) => Place.Replace(message, "");
}
