using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Chooses the target of a retired SKU: the one the user names, by name, offer id, directory SKU or part number, or
/// the map's default (docs/rules.md, rule 4). A qualified offer is taken only when it is named or its own offer id is given.
/// </summary>
internal static class TargetChooser
{
    /// <summary>The target the user names; null where no map has it.</summary>
    /// <param name="map">The SKU map.</param>
    /// <param name="mapping">The source's row, whose targets come first; null where there is none.</param>
    /// <param name="wanted">Its name, offer id, directory SKU or part number.</param>
    public static SkuTarget? Find(SkuMap map, SkuMapping? mapping, string wanted)
    {
        return Match(mapping?.Targets ?? [], wanted) ?? Match(map.Mappings.SelectMany(other => other.Targets), wanted);
    }

    /// <summary>The offer of a target for a number of seats, by its seat tiers.</summary>
    /// <param name="target">The target.</param>
    /// <param name="wanted">What the user named: an offer id of a tier is taken as it is.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase.</param>
    public static SkuTargetOffer? OfferFor(SkuTarget target, string? wanted, int seats)
    {
        return target.OfferIds.FirstOrDefault(offer => CatalogIds.AreIdentical(offer.OfferId, wanted))
            ?? target.OfferIds.FirstOrDefault(offer => seats >= offer.From && seats <= (offer.To ?? int.MaxValue));
    }

    private static SkuTarget? Match(IEnumerable<SkuTarget> targets, string wanted)
    {
        var candidates = targets.ToList();
        return candidates.FirstOrDefault(target => Names.AreSame(target.Name, wanted))
            ?? candidates.FirstOrDefault(target => target.OfferIds.Any(offer => CatalogIds.AreIdentical(offer.OfferId, wanted)))
            ?? Base(candidates.Where(target => target.Sku.Is(SkuId.FromOrNull(wanted))))
            ?? Base(candidates.Where(target => ServiceWord.Is(target.PartNumber, wanted)));
    }

    private static SkuTarget? Base(IEnumerable<SkuTarget> sameSku) => sameSku.OrderBy(target => target.IsQualified).FirstOrDefault();
}
