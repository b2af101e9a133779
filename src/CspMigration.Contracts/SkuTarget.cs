using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>A target the SKU map names for a retired SKU.</summary>
public sealed record SkuTarget
{
    internal SkuTarget()
    {
    }

    /// <summary>The target's name in the map.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Other names of the target, such as those of Microsoft's documents; empty where there are none.</summary>
    public IReadOnlyList<string> Aliases { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Its offers: one, or one for each seat tier.</summary>
    public IReadOnlyList<SkuTargetOffer> OfferIds { get; internal init => field = ReadableList<SkuTargetOffer>.Of(value); } = ReadableList<SkuTargetOffer>.Empty;

    /// <summary>Its directory SKU; null where unknown.</summary>
    public string? SkuId { get; internal init; }

    /// <summary>Its SKU part number; null where unknown.</summary>
    public string? PartNumber { get; internal init; }

    /// <summary>The fewest seats it is sold with.</summary>
    public int MinimumQuantity { get; internal init; } = 1;

    /// <summary>True for the target that is taken when none is named.</summary>
    public bool IsDefault { get; internal init; }

    /// <summary>True for a discounted offer that only certain customers may take: never chosen unless named.</summary>
    public bool IsQualified { get; internal init; }

    /// <summary>The target's name.</summary>
    public override string ToString() => Name;
}
