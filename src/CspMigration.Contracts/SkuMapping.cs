using System;
using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>One row of the SKU map: a retired SKU and its targets.</summary>
public sealed record SkuMapping
{
    internal SkuMapping()
    {
    }

    /// <summary>The product family, such as <c>Dynamics AX</c>.</summary>
    public string Family { get; internal init; } = "";

    /// <summary>The retired SKU's name.</summary>
    public string Source { get; internal init; } = "";

    /// <summary>Other names of the retired SKU, such as those of Microsoft's documents; empty where there are none.</summary>
    public IReadOnlyList<string> SourceAliases { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>The offer ids under which it was sold; empty where none is known.</summary>
    public IReadOnlyList<string> SourceOfferIds { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Its directory SKU; null where unknown.</summary>
    public string? SourceSkuId { get; internal init; }

    /// <summary>Its SKU part number; null where unknown.</summary>
    public string? SourcePartNumber { get; internal init; }

    /// <summary>The date from which it is retired: no longer sold, or no longer renewed; null where the map does not say.</summary>
    public DateTime? RetiredOn { get; internal init; }

    /// <summary>Where the retirement is published: an address, or the title of a document; null where the map does not say.</summary>
    public string? RetirementSource { get; internal init; }

    /// <summary>Why there is no target: what replaces the SKU is no license. Null where there are targets.</summary>
    public string? NoTargetReason { get; internal init; }

    /// <summary>Its targets, the default first; empty where no license replaces it.</summary>
    public IReadOnlyList<SkuTarget> Targets { get; internal init => field = ReadableList<SkuTarget>.Of(value); } = ReadableList<SkuTarget>.Empty;

    /// <summary>The retired SKU's name.</summary>
    public override string ToString() => Source;
}
