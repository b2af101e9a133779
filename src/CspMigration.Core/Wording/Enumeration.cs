using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Core.Wording;

/// <summary>Several things in a sentence.</summary>
public static class Enumeration
{
    /// <summary>So many are named; a longer list is no help who reads it on a screen.</summary>
    public const int Most = 5;

    /// <summary>How many there are of something: <c>1 seat</c>, <c>1,200 seats</c>.</summary>
    public static string Count(int number, string what) => string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}{2}", number, what, number == 1 ? "" : "s");

    /// <summary>The same with the verb that agrees with it: <c>1 user holds</c>, <c>20 users hold</c>.</summary>
    public static string Count(int number, string what, string verbOfOne, string verbOfMany) => $"{Count(number, what)} {(number == 1 ? verbOfOne : verbOfMany)}";

    /// <summary>The first of them, and how many more there are: <c>a, b, c, d, e and 12 others</c>.</summary>
    public static string OfSome(IEnumerable<string> names)
    {
        var all = (names ?? throw new ArgumentNullException(nameof(names))).ToList();
        var others = all.Count - Most;
        var named = string.Join(", ", all.Take(Most));
        return others <= 0 ? named : $"{named} and {Count(others, "other")}";
    }
}
