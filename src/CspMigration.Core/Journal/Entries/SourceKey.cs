using System;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>What the journal knows a source by: its subscription or, for another channel's units, which have none, their directory SKU.</summary>
[JsonConverter(typeof(IdConverter))]
internal readonly struct SourceKey : IEquatable<SourceKey>
{
    private readonly Id<Source> _id;

    private SourceKey(Id<Source> id) => _id = id;

    public static implicit operator SourceKey(SubscriptionId id) => From(id.ToString());

    public static implicit operator SourceKey(SkuId id) => From(id.ToString());

    /// <inheritdoc cref="Id{TKind}.From"/>
    public static SourceKey From(string text) => new(Id<Source>.From(text));

    /// <inheritdoc cref="Id{TKind}.FromOrNull"/>
    public static SourceKey? FromOrNull(string? text) => Id<Source>.FromOrNull(text) is { } id ? new SourceKey(id) : null;

    /// <inheritdoc cref="Id{TKind}.Is"/>
    public bool Is(SourceKey? other) => other is { } key && Equals(key);

    /// <summary>The subscription, where it is one's key.</summary>
    public SubscriptionId ToSubscriptionId() => SubscriptionId.From(ToString());

    /// <summary>The directory SKU, where it is one's key.</summary>
    public SkuId ToSkuId() => SkuId.From(ToString());

    public bool Equals(SourceKey other) => _id.Equals(other._id);

    public override bool Equals(object? obj) => obj is SourceKey other && Equals(other);

    public override int GetHashCode() => _id.GetHashCode();

    /// <inheritdoc cref="Id{TKind}.ToString"/>
    public override string ToString() => _id.ToString();

    // Its kind is not itself: a struct with a field that is generic over the struct can crash the runtime as it is loaded.
    private readonly struct Source;
}
