using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Which retired SKUs are succeeded by which SKUs. A source is recognized by offer id, then directory SKU, then part
/// number, never by name: names drift.
/// </summary>
public sealed class SkuMap
{
    // One file a family, as they lie in the module's folder.
    private const string BuiltInPrefix = "maps/";

    private static readonly Lazy<SkuMap> BuiltInMap = new(ReadBuiltIn);

    private readonly Dictionary<CatalogItemId, SkuMapping> _byOfferId = [];
    private readonly Dictionary<SkuId, SkuMapping> _bySkuId = [];
    private readonly Dictionary<string, SkuMapping> _byPartNumber = new(StringComparer.OrdinalIgnoreCase);

    internal SkuMap(IReadOnlyList<SkuMapping> mappings, bool replacesBuiltIn = false)
    {
        Mappings = mappings;
        ReplacesBuiltIn = replacesBuiltIn;
        foreach (var mapping in mappings)
        {
            foreach (var offerId in mapping.SourceCatalogItems)
            {
                _byOfferId[offerId] = mapping;
            }

            if (mapping.SourceSku is { } skuId)
            {
                _bySkuId[skuId] = mapping;
            }

            if (mapping.SourcePartNumber is { } partNumber)
            {
                _byPartNumber[partNumber] = mapping;
            }
        }
    }

    /// <summary>The map that comes with the module: every family that is built in.</summary>
    public static SkuMap BuiltIn => BuiltInMap.Value;

    /// <summary>Whether it stands in place of the built-in map instead of adding to it.</summary>
    public bool ReplacesBuiltIn { get; }

    /// <summary>The rows, in the order of the file.</summary>
    public IReadOnlyList<SkuMapping> Mappings { get; }

    /// <summary>Reads the maps to use: the built-in one, the user's own where there is one, and others by path.</summary>
    /// <param name="paths">More maps; a later one wins where two have the same source.</param>
    /// <exception cref="CspMigrationException"><c>MapInvalid</c>, with file, line and column.</exception>
    public static SkuMap Load(IReadOnlyList<string> paths)
    {
        var own = SkuMapFiles.DefaultPath;
        var files = (File.Exists(own) ? [own] : Array.Empty<string>()).Concat(paths);
        return files.Aggregate(BuiltIn, (map, file) =>
        {
            var merged = map.With(SkuMapFiles.Read(file));
            return merged.FindCycle() is { } cycle
                ? throw ErrorCatalog.MapInvalid.Exception($"With {file}, SKUs of the map replace each other: {string.Join(", then ", cycle)}. What replaces a retired SKU cannot lead back to it.", remedy: Remedies.LoadOneMap())
                : merged;
        });
    }

    /// <summary>This map with another one on top: its rows come first and replace those with a source in common.</summary>
    public SkuMap With(SkuMap other)
    {
        return other.ReplacesBuiltIn ? other : new SkuMap([.. other.Mappings, .. Mappings.Where(mapping => !other.Covers(mapping))]);
    }

    /// <summary>The row of a retired SKU; null where the map has none.</summary>
    /// <param name="offerId">The subscription's offer id; an availability at its end (<c>product:sku:availability</c>) is left aside.</param>
    /// <param name="skuId">Its directory SKU, where known.</param>
    /// <param name="partNumber">Its SKU part number, where known.</param>
    internal SkuMapping? Find(CatalogItemId? offerId, SkuId? skuId = null, string? partNumber = null)
    {
        return Lookup(_byOfferId, offerId?.WithoutAvailability) ?? Unless(Lookup(_bySkuId, skuId))
            ?? Unless(partNumber is not null && _byPartNumber.TryGetValue(partNumber, out var mapping) ? mapping : null);

        // An offer that is a target of the row may give the same SKU as the retired one.
        SkuMapping? Unless(SkuMapping? found) => found?.Targets.Any(target => target.CatalogItems.Any(offer => offer.IsSameAs(offerId))) == true ? null : found;
    }

    /// <summary>The directory SKU of a source's or target's offer, and its part number; null as far as the map does not have them.</summary>
    internal (SkuId? SkuId, string? PartNumber) SkuOf(CatalogItemId? offerId)
    {
        var offer = offerId?.WithoutAvailability;
        if (Lookup(_byOfferId, offer) is { } mapping)
        {
            return (mapping.SourceSku, mapping.SourcePartNumber);
        }

        var target = Mappings.SelectMany(other => other.Targets).FirstOrDefault(other => other.CatalogItems.Any(named => named.IsIdenticalTo(offer)));
        return (target?.Sku, target?.PartNumber);
    }

    /// <summary>The rows of the products a user names, in the order of the map.</summary>
    /// <param name="name">Family, name, alias, offer id, directory SKU or part number of a retired SKU; wildcards allowed, and a name may lack its first words.</param>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: there is no row of this name. A pattern may match none.</exception>
    public IReadOnlyList<SkuMapping> Search(string name)
    {
        var wanted = new ProductPattern(name);
        var found = Mappings
            .Where(mapping => wanted.MatchesAny([mapping.SourceSkuId, mapping.SourcePartNumber, .. NamesOf(mapping), .. mapping.SourceOfferIds]))
            .ToList();
        return found.Count == 0 && !wanted.IsPattern
            ? throw ErrorCatalog.NoTarget.Exception(
                $"The SKU map has no row for \"{name}\".{NearNames.Question(name, Mappings.Select(mapping => mapping.Source).Concat(Mappings.Select(mapping => mapping.Family)))}",
                remedy: Remedies.ListMap())
            : found;
    }

    /// <summary>The rows of the families a user names, in the order of the map.</summary>
    /// <param name="name">A family; wildcards allowed, and the name may lack its first words.</param>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: there is no family of this name. A pattern may match none.</exception>
    public IReadOnlyList<SkuMapping> OfFamily(string name)
    {
        var wanted = new ProductPattern(name);
        var found = Mappings.Where(mapping => wanted.MatchesAny([mapping.Family])).ToList();
        return found.Count == 0 && !wanted.IsPattern
            ? throw ErrorCatalog.NoTarget.Exception(
                $"The SKU map has no family \"{name}\".{NearNames.Question(name, Mappings.Select(mapping => mapping.Family))}",
                remedy: Remedies.ListMap())
            : found;
    }

    /// <summary>What a row is called by: its family, its name, and its aliases.</summary>
    internal static IEnumerable<string> NamesOf(SkuMapping mapping) => [mapping.Family, mapping.Source, .. mapping.SourceAliases];

    /// <summary>Whether a target is the retired SKU itself. Another offer of the same directory SKU can replace an offer.</summary>
    internal static bool IsItself(SkuMapping mapping, SkuTarget target)
    {
        return target.CatalogItems.Any(mapping.SourceCatalogItems.Contains)
            || ((target.OfferIds.Count == 0 || mapping.SourceOfferIds.Count == 0)
                && (ServiceWord.Is(mapping.SourceSkuId, target.SkuId) || ServiceWord.Is(mapping.SourcePartNumber, target.PartNumber)));
    }

    /// <summary>The retired SKUs that replace each other, from one back to itself, by name; null where there are none.</summary>
    internal IReadOnlyList<string>? FindCycle()
    {
        var done = new HashSet<SkuMapping>();
        var path = new List<SkuMapping>();
        return Mappings.Select(Follow).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<string>? Follow(SkuMapping mapping)
        {
            if (path.IndexOf(mapping) is var start and >= 0)
            {
                return [.. path.Skip(start).Append(mapping).Select(other => other.Source)];
            }

            if (!done.Add(mapping))
            {
                return null;
            }

            path.Add(mapping);
            var cycle = mapping.Targets.Select(SourceOf).OfType<SkuMapping>().Where(next => next != mapping).Distinct().Select(Follow).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
    }

    // The row in which a target is a retired SKU itself.
    private SkuMapping? SourceOf(SkuTarget target)
    {
        return target.CatalogItems.Select(offer => Lookup(_byOfferId, offer)).FirstOrDefault(mapping => mapping is not null)
            ?? Find(target.CatalogItems.FirstOrNull(), target.Sku, target.PartNumber);
    }

    private bool Covers(SkuMapping mapping)
    {
        return mapping.SourceCatalogItems.Any(_byOfferId.ContainsKey)
            || (mapping.SourceSku is { } skuId && _bySkuId.ContainsKey(skuId))
            || (mapping.SourcePartNumber is { } partNumber && _byPartNumber.ContainsKey(partNumber));
    }

    private static SkuMapping? Lookup<TId>(Dictionary<TId, SkuMapping> index, TId? id)
        where TId : struct
    {
        return id is { } known && index.TryGetValue(known, out var mapping) ? mapping : null;
    }

    private static SkuMap ReadBuiltIn()
    {
        var assembly = typeof(SkuMap).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(BuiltInPrefix, StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal);
        return new SkuMap([.. files.SelectMany(file =>
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(file));
            return SkuMapReader.Read(text, file).Mappings;
        })]);
    }
}
