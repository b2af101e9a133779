using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Journal.Entries;

/// <summary>The kinds of lines: the word by which each type of entry is known in the file. The words are saved data.</summary>
internal static class EntryKinds
{
    /// <summary>The member of a line that has the word.</summary>
    public const string Member = "kind";

    private static readonly Dictionary<string, Type> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["opened"] = typeof(Opened),
        ["sourceFound"] = typeof(SourceFound),
        ["purchaseIntended"] = typeof(PurchaseIntended),
        ["purchaseSettled"] = typeof(PurchaseSettled),
        ["licenseIntended"] = typeof(LicenseIntended),
        ["licenseSettled"] = typeof(LicenseSettled),
        ["groupIntended"] = typeof(GroupIntended),
        ["groupSettled"] = typeof(GroupSettled),
        ["statusIntended"] = typeof(StatusIntended),
        ["statusSettled"] = typeof(StatusSettled),
        ["quantityIntended"] = typeof(QuantityIntended),
        ["quantitySettled"] = typeof(QuantitySettled),
        ["termEndKept"] = typeof(TermEndKept),
        ["termEndReleased"] = typeof(TermEndReleased),
        ["stopped"] = typeof(Stopped),
        ["undone"] = typeof(Undone),
    };

    private static readonly Dictionary<Type, string> Words = Types.ToDictionary(kind => kind.Value, kind => kind.Key);

    /// <summary>The types of all kinds.</summary>
    public static IReadOnlyCollection<Type> All => Words.Keys;

    /// <summary>The type of a word; null for a word that is not known.</summary>
    public static Type? TypeOf(string? word) => word is not null && Types.TryGetValue(word, out var type) ? type : null;

    /// <summary>The word of an entry.</summary>
    public static string WordOf(JournalEntry entry) => Words[entry.GetType()];
}
