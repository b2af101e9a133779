using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.Spelling;

/// <summary>
/// The values of an enumeration in the service's spelling. Clients write them in any casing, with or without underscores
/// (<c>StartsWith</c> is <c>starts_with</c>); answers always have the service's spelling.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, string> _words;

    public Vocabulary(params string[] words)
    {
        All = words;
        _words = words.ToDictionary(Key, word => word, AnyCase.Comparer);
    }

    public IReadOnlyList<string> All { get; }

    /// <summary>The word in the service's spelling; null if there is no such word.</summary>
    public string? Find(string? text) => text != null && _words.TryGetValue(Key(text), out var word) ? word : null;

    public bool Has(string? text) => Find(text) != null;

    /// <summary>Whether two texts are the same word of an enumeration that is not listed here.</summary>
    public static bool AreSame(string left, string right) => AnyCase.AreEqual(Key(left), Key(right));

    /// <summary>All words, for an error message.</summary>
    public override string ToString() => string.Join(", ", All);

    private static string Key(string text) => text.Replace("_", "").Trim();
}
