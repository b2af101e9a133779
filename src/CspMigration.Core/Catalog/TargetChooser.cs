using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Chooses the target of a retired SKU: the one the user names, by name, offer id, directory SKU, part number or alias, or
/// the map's default (docs/rules.md, rule 4). A qualified offer is taken only when it is named or its own offer id is given.
/// </summary>
internal static class TargetChooser
{
    /// <summary>The target the user names; null where no map has it.</summary>
    /// <param name="map">The SKU map.</param>
    /// <param name="mapping">The source's row, whose targets come first; null where there is none.</param>
    /// <param name="wanted">Its name, offer id, directory SKU, part number or alias.</param>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: it is an alias of several targets, none of which is one of the row's.</exception>
    public static SkuTarget? Find(SkuMap map, SkuMapping? mapping, string wanted)
    {
        var own = mapping?.Targets ?? [];
        var all = map.Mappings.SelectMany(other => other.Targets).ToList();
        return Match(own, wanted) ?? Match(all, wanted) ?? ByAlias(own, wanted) ?? ByAlias(all, wanted);
    }

    /// <summary>The offer of a target for a number of seats, by its seat tiers.</summary>
    /// <param name="target">The target.</param>
    /// <param name="wanted">What the user named: an offer id of a tier is taken as it is.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase.</param>
    public static SkuTargetOffer? OfferFor(SkuTarget target, string? wanted, int seats)
    {
        var named = CatalogItemId.FromOrNull(wanted);
        return target.OfferIds.FirstOrDefault(offer => offer.CatalogItem.IsIdenticalTo(named))
            ?? target.OfferIds.FirstOrDefault(offer => seats >= offer.From && seats <= (offer.To ?? int.MaxValue));
    }

    private static SkuTarget? Match(IEnumerable<SkuTarget> targets, string wanted)
    {
        var candidates = targets.ToList();
        var named = CatalogItemId.FromOrNull(wanted);
        return candidates.Find(target => Names.AreSame(target.Name, wanted))
            ?? candidates.Find(target => ProductName.AreSame(target.Name, wanted))
            ?? candidates.FirstOrDefault(target => target.CatalogItems.Any(offer => offer.IsIdenticalTo(named)))
            ?? Base(candidates.Where(target => target.Sku.Is(SkuId.FromOrNull(wanted))))
            ?? Base(candidates.Where(target => ServiceWord.Is(target.PartNumber, wanted)));
    }

    // Maps of several families may use one alias for different products: it is not for us to choose.
    private static SkuTarget? ByAlias(IEnumerable<SkuTarget> targets, string wanted)
    {
        var meant = targets.Where(target => target.Aliases.Any(alias => ProductName.AreSame(alias, wanted)))
            .GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .ToList();
        return meant.Count <= 1 ? meant.FirstOrDefault()
            : throw ErrorCatalog.NoTarget.Exception(
                $"\"{wanted}\" is another name of {string.Join(" and ", meant.Select(target => target.Name))}.",
                remedy: Remedies.NameOne(UserCommands.EachTarget([.. meant.Select(target => target.Name)])));
    }

    private static SkuTarget? Base(IEnumerable<SkuTarget> sameSku) => sameSku.OrderBy(target => target.IsQualified).FirstOrDefault();
}
