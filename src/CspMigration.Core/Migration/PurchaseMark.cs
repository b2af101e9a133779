using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Migration;

/// <summary>
/// The mark at the end of a purchase's friendly name, <c>(from 1A2B3C4D)</c>: the first eight digits of the id of each
/// source it succeeds. By it a purchase is recognised when the journal is lost.
/// </summary>
internal static class PurchaseMark
{
    private const int Digits = 8;

    private static readonly Regex Pattern = new(@"\(from (?<sources>[0-9A-F]{8}(?: [0-9A-F]{8})*)\)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>A friendly name with its mark.</summary>
    public static string Append(string name, IEnumerable<string> sourceIds) => $"{name} (from {string.Join(" ", sourceIds.Select(Shorten))})";

    /// <summary>Whether a friendly name says that its subscription was bought for a source.</summary>
    public static bool Names(string? friendlyName, string sourceId)
    {
        var match = Pattern.Match(friendlyName ?? "");
        return match.Success && match.Groups["sources"].Value.Split(' ').Contains(Shorten(sourceId), StringComparer.OrdinalIgnoreCase);
    }

    private static string Shorten(string id)
    {
        var digits = id.Replace("-", "");
        return digits.Substring(0, Math.Min(Digits, digits.Length)).ToUpperInvariant();
    }
}
