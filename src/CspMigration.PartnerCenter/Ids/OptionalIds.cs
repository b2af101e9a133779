using System;
using System.Collections.Generic;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>Ids that may not be known.</summary>
internal static class OptionalIds
{
    /// <summary>Whether two ids are known and the same.</summary>
    public static bool Is<TKind>(this Id<TKind>? one, Id<TKind>? other)
        where TKind : struct
    {
        return one is { } id && id.Is(other);
    }

    /// <inheritdoc cref="CatalogItemId.IsSameAs"/>
    public static bool IsSameAs(this CatalogItemId? one, CatalogItemId? other) => one is { } id && id.IsSameAs(other);

    /// <inheritdoc cref="CatalogItemId.IsIdenticalTo"/>
    public static bool IsIdenticalTo(this CatalogItemId? one, CatalogItemId? other) => one is { } id && id.IsIdenticalTo(other);

    /// <summary>The first of some ids, or of those that pass; null where there is none.</summary>
    public static TId? FirstOrNull<TId>(this IEnumerable<TId> ids, Func<TId, bool>? passes = null)
        where TId : struct
    {
        foreach (var id in ids)
        {
            if (passes is null || passes(id))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Those of some ids that are known.</summary>
    public static IEnumerable<TId> Known<TId>(this IEnumerable<TId?> ids)
        where TId : struct
    {
        foreach (var id in ids)
        {
            if (id is { } known)
            {
                yield return known;
            }
        }
    }
}
