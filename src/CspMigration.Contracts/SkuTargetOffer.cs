using System;

namespace CspMigration.Contracts;

/// <summary>An offer of a target and the seats it is meant for.</summary>
public sealed record SkuTargetOffer
{
    internal SkuTargetOffer()
    {
    }

    /// <summary>The legacy offer's id.</summary>
    public string OfferId { get; internal init; } = "";

    /// <summary>The smallest number of seats of its tier.</summary>
    public int From { get; internal init; } = 1;

    /// <summary>The largest number of seats of its tier; null where it has no end.</summary>
    public int? To { get; internal init; }

    /// <summary>Since when legacy commerce no longer sells it, a date; null where the map does not say.</summary>
    public DateTime? WithdrawnOn { get; internal init; }

    /// <summary>The offer's id.</summary>
    public override string ToString() => OfferId;
}
