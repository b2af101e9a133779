using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>The products a search is for. It remembers which of them it has met, because a name no one has is a typing error.</summary>
internal sealed class ProductFilter
{
    private readonly MigrationOperation _operation;
    private readonly IReadOnlyList<KeyValuePair<string, ProductPattern>> _wanted;
    private readonly ConcurrentDictionary<string, bool> _met = new();

    public ProductFilter(MigrationOperation operation, IEnumerable<string> names)
    {
        _operation = operation;
        _wanted = [.. names.Select(name => new KeyValuePair<string, ProductPattern>(name, new ProductPattern(name)))];
    }

    /// <summary>Whether a subscription is of one of the products; any is where none is named. Called for several customers at once.</summary>
    public bool Passes(ExpiringSubscription row)
    {
        return _wanted.Count == 0 || Passes([row.OfferId, row.OfferName], _operation.Session.Map.Find(row.CatalogItem, row.Sku));
    }

    /// <summary>The same for units of another channel.</summary>
    public bool Passes(SubscribedSku sku, SkuMapping? mapping)
    {
        return _wanted.Count == 0 || Passes([sku.SkuId?.ToString(), sku.Name, sku.PartNumber], mapping);
    }

    private bool Passes(IEnumerable<string?> own, SkuMapping? mapping)
    {
        string?[] names = mapping is null ? [.. own] : [.. own, .. SkuMap.NamesOf(mapping)];
        var isMeant = false;
        foreach (var wanted in _wanted.Where(wanted => wanted.Value.MatchesAny(names)))
        {
            _met[wanted.Key] = isMeant = true;
        }

        return isMeant;
    }

    /// <summary>
    /// A warning for each name, not a pattern, that no product has: neither of the SKU map, nor of a subscription; and for
    /// each that only a row of the map has which names no offers, because a subscription of legacy commerce says its offer and not its SKU.
    /// </summary>
    public IEnumerable<string> Warnings()
    {
        var unmet = _wanted.Where(wanted => !wanted.Value.IsPattern && !_met.ContainsKey(wanted.Key)).ToList();
        if (unmet.Count == 0)
        {
            yield break;
        }

        var seen = _operation.Session.Seen.Subscriptions.Select(subscription => subscription.OfferName).Distinct().ToList();
        foreach (var (name, pattern) in unmet.Where(wanted => !wanted.Value.MatchesAny(seen)).Select(wanted => (wanted.Key, wanted.Value)))
        {
            var ofMap = _operation.Session.Map.Mappings.Where(mapping => pattern.MatchesAny([.. SkuMap.NamesOf(mapping), .. mapping.SourceOfferIds])).ToList();
            if (ofMap.Count == 0)
            {
                yield return $"No product is called \"{name}\", in the SKU map or among the subscriptions that were read."
                    + NearNames.Question(name, _operation.Session.Map.Mappings.SelectMany(mapping => new[] { mapping.Source, mapping.Family }).Concat(seen));
            }
            else if (ofMap.TrueForAll(mapping => mapping.SourceOfferIds.Count == 0))
            {
                yield return $"The SKU map has \"{name}\" without offer ids, and a subscription of legacy commerce says its offer and not its SKU: name the offer instead, as the subscriptions have it."
                    + NearNames.Question(name, seen);
            }
        }
    }
}
