using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Wording;

/// <summary>Names that are nearly what someone typed.</summary>
public static class NearNames
{
    private const int Most = 3;

    // A shorter text is part of too many names.
    private const int ShortestPart = 4;

    /// <summary>A question to put behind a message: <c> Did you mean "Contoso"?</c>; empty where no name is near.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">The names there are; null and repeated ones are passed over.</param>
    public static string Question(string typed, IEnumerable<string?> known)
    {
        var near = Find(typed, known).Select(name => $"\"{name}\"").ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>The nearest names, the nearest first: those with a typing error in one letter of five; without any, those that contain what was typed.</summary>
    internal static IReadOnlyList<string> Find(string typed, IEnumerable<string?> known)
    {
        var wanted = typed.Trim().ToUpperInvariant();
        var names = known.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToList();
        var mistyped = names.Select(name => (Name: name, Edits: Edits(wanted, name.ToUpperInvariant(), most: Math.Max(1, wanted.Length / 5))))
            .Where(candidate => candidate.Edits is not null)
            .OrderBy(candidate => candidate.Edits)
            .Select(candidate => candidate.Name)
            .ToList();
        var longer = names.Where(name => wanted.Length >= ShortestPart && name.ToUpperInvariant().Contains(wanted)).OrderBy(name => name.Length);
        return [.. (mistyped.Count > 0 ? mistyped : longer.ToList()).Take(Most)];
    }

    // Null where it takes more.
    private static int? Edits(string one, string other, int most)
    {
        return Math.Abs(one.Length - other.Length) <= most && Edits(one, other) is var edits && edits <= most ? edits : null;
    }

    /// <summary>How many letters must be put in, left out, replaced or exchanged with the next to make one text of the other.</summary>
    private static int Edits(string one, string other)
    {
        var edits = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : LeastEdits(edits, one, other, i, j);
            }
        }

        return edits[one.Length, other.Length];
    }

    private static int LeastEdits(int[,] edits, string one, string other, int i, int j)
    {
        var least = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
        return i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
    }
}
