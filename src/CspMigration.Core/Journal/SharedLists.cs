using System;
using System.Collections.Generic;

namespace CspMigration.Core.Journal;

/// <summary>Lists of ids that thousands of entries have alike, such as the SKUs of a move: each is kept once.</summary>
internal sealed class SharedLists
{
    private readonly Dictionary<string, IReadOnlyList<string>> _known = new(StringComparer.Ordinal);

    /// <summary>A list of the same content; empty for none.</summary>
    public IReadOnlyList<string> Share(IReadOnlyList<string>? list)
    {
        if (list is null or { Count: 0 })
        {
            return [];
        }

        var content = string.Join("\n", list);
        if (!_known.TryGetValue(content, out var known))
        {
            _known.Add(content, known = list);
        }

        return known;
    }
}
