using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Catalog;

/// <summary>
/// What the titles in a catalog say of whom something is sold to. Several things on sale may give one directory SKU; some
/// of them are only for who already has something else, or belongs to a segment, and the service does not say so in a property.
/// </summary>
internal static class SaleTitles
{
    private static readonly Regex Reserved = new(
        @"\b(?:qualified|from sa|attach|add-?on|step[- ]?up|promo\w*|faculty|students?|edu\w*|academic|non-?profits?|charit\w*|donation|gov\w*|gcc)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether it is for every customer, or for those whom the name speaks of too.</summary>
    /// <param name="title">The title; null where there is none.</param>
    /// <param name="name">What is wanted.</param>
    public static bool IsOpen(string? title, string name)
    {
        return Reserved.Matches(title ?? "").Cast<Match>().All(word => name.IndexOf(word.Value, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <summary>Those with the very name, else those that are open.</summary>
    /// <param name="found">What gives the directory SKU.</param>
    /// <param name="title">Its title.</param>
    /// <param name="name">What is wanted.</param>
    public static IReadOnlyList<T> Narrow<T>(IReadOnlyList<T> found, Func<T, string?> title, string name)
    {
        List<T> named = [.. found.Where(one => string.Equals(title(one), name, StringComparison.OrdinalIgnoreCase))];
        return named.Count > 0 ? named : [.. found.Where(one => IsOpen(title(one), name))];
    }
}
