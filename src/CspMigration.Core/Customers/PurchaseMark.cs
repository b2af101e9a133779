using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Customers;

/// <summary>
/// The mark at the end of a subscription's friendly name, by which the module recognizes its work when the journal is
/// lost. <c>(from 1A2B3C4D)</c>: bought for the source whose id begins so, or for several; <c>(new)</c>: bought without a
/// source; <c>(with 1A2B3C4D)</c>: an add-on bought with a base; <c>(seats for 1A2B3C4D)</c>: the customer's own, given
/// more seats for a source, or made active again for a purchase without one; then the digits stand for the purchase's name. What
/// was bought can be given seats for another source later, so that a name may end in marks of several kinds.
/// </summary>
internal static class PurchaseMark
{
    private const int Digits = 8;

    private const string Ids = "[0-9A-F]{8}(?: [0-9A-F]{8})*";

    private static readonly Regex Bought = Pattern("from", "with", "seats for");
    private static readonly Regex Resized = Pattern("seats for", "from", "with");
    private static readonly Regex AddedTo = Pattern("with", "from", "seats for");
    private static readonly Regex Last = new($@"\((?:(?<kind>from|with|seats for) {Ids}|(?<kind>new))\)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>A friendly name with the mark of what was bought for some sources.</summary>
    public static string Append(string name, IEnumerable<SourceKey> sourceIds) => $"{name} (from {Join(sourceIds)})";

    /// <summary>A friendly name with the mark of what was bought without a source.</summary>
    public static string AppendNew(string name) => $"{name} (new)";

    /// <summary>A customer's friendly name with the mark of the sources it was given seats for, besides those it names already.</summary>
    public static string AppendSeats(string? name, IEnumerable<SourceKey> sourceIds)
    {
        return WithSeats(name, Sources(Resized, name).Union(sourceIds.Select(Shorten), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>An add-on's friendly name with the mark of the base it was bought with.</summary>
    public static string AppendWith(string name, SubscriptionId baseSubscriptionId) => $"{name} (with {Shorten(baseSubscriptionId)})";

    /// <summary>The customer's friendly name again, once it names no other source.</summary>
    public static string WithoutSeats(string? name, IEnumerable<SourceKey> sourceIds)
    {
        return WithSeats(name, Sources(Resized, name).Except(sourceIds.Select(Shorten), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What stands before the mark of what was bought for some sources.</summary>
    public static string WithoutSources(string name) => Bought.Match(name) is { Success: true } mark ? name.Substring(0, mark.Index).TrimEnd() : name;

    /// <summary>Whether a friendly name has the mark of what was bought for some of the sources, and not for all.</summary>
    public static bool NamesSome(string? friendlyName, IReadOnlyCollection<SourceKey> sourceIds)
    {
        var named = sourceIds.Count(source => Names(friendlyName, source));
        return named > 0 && named < sourceIds.Count;
    }

    /// <summary>A new name for a subscription, with the marks that its present name ends in: without them it would no longer be recognized.</summary>
    public static string Rename(string? friendlyName, string name)
    {
        var marks = (friendlyName ?? "").Substring(StartOfMarks(friendlyName ?? "")).Trim();
        var given = StartOfMarks(name);
        return marks.Length == 0 || string.Equals(name.Substring(given).Trim(), marks, StringComparison.OrdinalIgnoreCase) ? name : $"{name.Substring(0, given).TrimEnd()} {marks}".TrimStart();
    }

    /// <summary>
    /// What stands for a purchase without a source where there is only room for a source's digits: eight that its friendly
    /// name always gives, in any casing.
    /// </summary>
    public static SourceKey KeyOf(string friendlyName)
    {
        using var sha256 = SHA256.Create();
        var hash = sha256.ComputeHash(Encoding.UTF8.GetBytes(friendlyName.ToUpperInvariant()));
        return SourceKey.From(string.Concat(hash.Take(Digits / 2).Select(part => part.ToString("X2", CultureInfo.InvariantCulture))));
    }

    /// <summary>Whether a friendly name says that its subscription was bought for a source.</summary>
    public static bool Names(string? friendlyName, SourceKey sourceId) => IsNamed(Bought, friendlyName, sourceId);

    /// <summary>Whether a friendly name says that its subscription was given seats for a source.</summary>
    public static bool NamesSeats(string? friendlyName, SourceKey sourceId) => IsNamed(Resized, friendlyName, sourceId);

    /// <summary>Whether a friendly name says either.</summary>
    public static bool NamesTargetOf(string? friendlyName, SourceKey sourceId) => Names(friendlyName, sourceId) || NamesSeats(friendlyName, sourceId);

    /// <summary>Whether a friendly name says that its subscription was bought as an add-on with a base.</summary>
    public static bool NamesBase(string? friendlyName, SubscriptionId baseSubscriptionId) => IsNamed(AddedTo, friendlyName, baseSubscriptionId);

    /// <summary>What a friendly name says its subscription was bought for: the first digits of each source.</summary>
    public static IReadOnlyList<string> SourcesOf(string? friendlyName) => Sources(Bought, friendlyName);

    /// <summary>Whether the digits of a mark are those of an id.</summary>
    public static bool AreOf(string digits, SourceKey id) => string.Equals(digits, Shorten(id), StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(Regex pattern, string? friendlyName, SourceKey sourceId)
    {
        return Sources(pattern, friendlyName) is { Length: > 0 } sources && sources.Contains(Shorten(sourceId), StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Sources(Regex pattern, string? friendlyName)
    {
        // Most names have no mark, and every name is asked for every source.
        return friendlyName is not null && friendlyName.IndexOf('(') >= 0 && pattern.Match(friendlyName) is { Success: true } match
            ? match.Groups["sources"].Value.Split(' ')
            : [];
    }

    private static string WithSeats(string? name, IEnumerable<string> shortIds)
    {
        var own = Resized.Replace(name ?? "", "").TrimEnd();
        var sources = string.Join(" ", shortIds);
        return sources.Length == 0 ? own : $"{own}{(own.Length == 0 ? "" : " ")}(seats for {sources})";
    }

    // Behind a mark only marks of other kinds may stand: of two of one kind, the first is a part of the name.
    private static Regex Pattern(string kind, params string[] others)
    {
        return new Regex(
            $@"\({kind} (?<sources>{Ids})\)(?=(?:\s*\((?:(?:{string.Join("|", others)}) {Ids}|new)\))*\s*$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    private static int StartOfMarks(string name)
    {
        var kinds = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = name.Length;
        while (Last.Match(name.Substring(0, start)) is { Success: true } mark && kinds.Add(mark.Groups["kind"].Value))
        {
            start = mark.Index;
        }

        return start;
    }

    private static string Join(IEnumerable<SourceKey> sourceIds) => string.Join(" ", sourceIds.Select(Shorten));

    private static string Shorten(SourceKey id)
    {
        var digits = id.ToString().Replace("-", "");
        return digits.Substring(0, Math.Min(Digits, digits.Length)).ToUpperInvariant();
    }
}
