using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace CspMigration.Sandbox.State;

/// <summary>The mark a migrating client puts at the end of a friendly name: <c>(from 1A2B3C4D 5E6F7A8B)</c>.</summary>
internal static class PurchaseMark
{
    private const int Digits = 8;

    private static readonly Regex Pattern = new(
        @"\(from (?<source>[0-9A-F]{8})(?: (?<source>[0-9A-F]{8}))*\)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The first eight digits of each source's id; none where there is no mark.</summary>
    public static IReadOnlyList<string> Sources(string friendlyName)
    {
        var sources = new List<string>();
        foreach (Capture capture in Pattern.Match(friendlyName).Groups["source"].Captures)
        {
            sources.Add(capture.Value.ToUpperInvariant());
        }

        return sources;
    }

    public static bool Names(string source, string id) =>
        id.Length >= Digits && string.Compare(source, 0, id, 0, Digits, StringComparison.OrdinalIgnoreCase) == 0;
}
