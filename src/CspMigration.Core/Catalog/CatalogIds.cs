using System;

namespace CspMigration.Core.Catalog;

/// <summary>
/// Ids of what is on sale: an offer's in legacy, <c>product:sku</c> in new commerce. What was bought there has an availability
/// behind it, which the service replaces now and then (docs/partner-center.md §9): it tells nothing of what it is.
/// </summary>
internal static class CatalogIds
{
    /// <summary>The same without an availability.</summary>
    public static string? WithoutAvailability(string? id)
    {
        return id?.Split(':') is { Length: 3 } parts ? $"{parts[0]}:{parts[1]}" : id;
    }

    /// <summary>Whether two ids are the same with their availabilities; unknown ones are not.</summary>
    public static bool AreIdentical(string? one, string? other)
    {
        return one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether two ids mean the same thing, whatever their availabilities; unknown ones mean nothing.</summary>
    public static bool AreSame(string? one, string? other)
    {
        return one is not null && string.Equals(WithoutAvailability(one), WithoutAvailability(other), StringComparison.OrdinalIgnoreCase);
    }
}
