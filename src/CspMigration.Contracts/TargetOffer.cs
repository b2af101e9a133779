using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>A catalog item that can be bought for a customer: a legacy offer, or a product's SKU in new commerce.</summary>
public sealed record TargetOffer
{
    internal TargetOffer()
    {
    }

    /// <summary>The offer's id, or <c>product:sku</c> in new commerce.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>Its name.</summary>
    public string? Name { get; internal init; }

    /// <summary>Through which commerce it is bought.</summary>
    public CommerceKind Commerce { get; internal init; }

    /// <summary>Its directory SKU.</summary>
    public string? SkuId { get; internal init; }

    /// <summary>The country it is sold in, ISO 3166 two letters.</summary>
    public string? Country { get; internal init; }

    /// <summary>The customer segment: <c>commercial</c>, <c>education</c>, <c>government</c> or <c>nonprofit</c>; null where the catalog does not say.</summary>
    public string? Segment { get; internal init; }

    /// <summary>The billing cycles it can be bought with.</summary>
    public IReadOnlyList<string> BillingCycles { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>The terms it can be bought for, as ISO 8601 periods; empty where the catalog does not say.</summary>
    public IReadOnlyList<string> Terms { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>The fewest seats.</summary>
    public int MinimumQuantity { get; internal init; }

    /// <summary>The most seats; null where the catalog sets no limit.</summary>
    public int? MaximumQuantity { get; internal init; }

    /// <summary>How many subscriptions of it one customer may have; null where unlimited.</summary>
    public int? Limit { get; internal init; }

    /// <summary>What <see cref="Limit"/> counts: <c>Concurrent</c> (at once) or <c>Lifetime</c> (ever).</summary>
    public string? LimitUnit { get; internal init; }

    /// <summary>Whether it is a trial.</summary>
    public bool IsTrial { get; internal init; }

    /// <summary>Whether it is an add-on.</summary>
    public bool IsAddOn { get; internal init; }

    /// <summary>The catalog items one of which the customer must have.</summary>
    public IReadOnlyList<string> Prerequisites { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Whether the service says it is for sale.</summary>
    public bool IsAvailableForPurchase { get; internal init; }

    /// <summary>The name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
