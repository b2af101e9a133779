using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.Sandbox.Oracle;

/// <summary>The mark that a migration appends to a friendly name: <c>(from 1A2B3C4D 5E6F7A8B)</c>.</summary>
internal static partial class PurchaseMark
{
    private const int Digits = 8;

    /// <summary>The first eight digits of each source's id; empty if there is no mark.</summary>
    public static IReadOnlyList<string> Sources(string friendlyName) =>
        [.. Pattern().Match(friendlyName).Groups["source"].Captures.Select(capture => capture.Value.ToUpperInvariant())];

    /// <summary>Whether a source in a mark has this id.</summary>
    public static bool Names(string source, string id) =>
        id.Length >= Digits && string.Compare(source, 0, id, 0, Digits, StringComparison.OrdinalIgnoreCase) == 0;

    [GeneratedRegex(@"\(from (?<source>[0-9A-F]{8})(?: (?<source>[0-9A-F]{8}))*\)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
