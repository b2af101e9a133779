using System;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>
/// The id of what is on sale: an offer's in legacy commerce, <c>product:sku</c> in new commerce. What was bought there, or is put in a
/// cart, has an availability behind it (<c>product:sku:availability</c>), which the service replaces from time to time
/// (docs/partner-center.md §9): it says nothing about what the item is. Spelled and compared as an <see cref="Id{TKind}"/>: whatever its
/// casing, and without <c>==</c>.
/// </summary>
/// <remarks>
/// <see cref="Equals(CatalogItemId)"/> and <see cref="GetHashCode"/> mean the identical id, with its availability: a cart accepts only
/// the one that is on sale now, so one must not stand for the other in a set or as a key. Where only the item counts, the key is
/// <see cref="WithoutAvailability"/>.
/// </remarks>
[JsonConverter(typeof(IdConverter))]
internal readonly struct CatalogItemId : IEquatable<CatalogItemId>, IComparable<CatalogItemId>
{
    private readonly Id<IdKind.CatalogItem> _id;

    private CatalogItemId(Id<IdKind.CatalogItem> id) => _id = id;

    /// <summary>Whether it is an item of new commerce: a product, and more behind a colon. No id of a legacy offer has one.</summary>
    public bool IsNewCommerce => ToString().IndexOf(':') > 0;

    /// <summary>The product in new commerce; null in legacy, and where the id does not have the known parts.</summary>
    public string? Product => Parts?[0];

    /// <summary>The SKU of the product, likewise.</summary>
    public string? Sku => Parts?[1];

    /// <summary>The availability; null where there is none.</summary>
    public string? Availability => Parts is { Length: 3 } parts ? parts[2] : null;

    /// <summary>The same without an availability.</summary>
    public CatalogItemId WithoutAvailability => Parts is { Length: 3 } parts ? Of(parts[0], parts[1]) : this;

    // Product, SKU and, where there is one, availability; null for what has other parts.
    private string[]? Parts => ToString().Split(':') is { Length: 2 or 3 } parts && Array.TrueForAll(parts, part => part.Length > 0) ? parts : null;

    /// <inheritdoc cref="Id{TKind}.From"/>
    public static CatalogItemId From(string text) => new(Id<IdKind.CatalogItem>.From(text));

    /// <inheritdoc cref="Id{TKind}.FromOrNull"/>
    public static CatalogItemId? FromOrNull(string? text) => Id<IdKind.CatalogItem>.FromOrNull(text) is { } id ? new CatalogItemId(id) : null;

    /// <summary>The id of a SKU in new commerce; with an availability, as a cart accepts it.</summary>
    public static CatalogItemId Of(string product, string sku, string? availability = null) => From(availability is null ? $"{product}:{sku}" : $"{product}:{sku}:{availability}");

    /// <inheritdoc cref="From"/>
    public static explicit operator CatalogItemId(string text) => From(text);

    /// <summary>Whether another means the same item, whatever their availabilities; one that is not known does not.</summary>
    public bool IsSameAs(CatalogItemId? other) => other is { } id && WithoutAvailability.Equals(id.WithoutAvailability);

    /// <summary>Whether another is the same together with its availability; one that is not known is not.</summary>
    public bool IsIdenticalTo(CatalogItemId? other) => other is { } id && Equals(id);

    public bool Equals(CatalogItemId other) => _id.Equals(other._id);

    public override bool Equals(object? obj) => obj is CatalogItemId other && Equals(other);

    public override int GetHashCode() => _id.GetHashCode();

    public int CompareTo(CatalogItemId other) => _id.CompareTo(other._id);

    /// <inheritdoc cref="Id{TKind}.ToString"/>
    public override string ToString() => _id.ToString();
}
