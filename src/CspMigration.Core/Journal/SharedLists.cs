using System;
using System.Collections.Generic;

namespace CspMigration.Core.Journal;

/// <summary>Lists of ids that thousands of entries have alike, such as the SKUs of a move: each is kept once.</summary>
internal sealed class SharedLists
{
    private readonly Dictionary<(Type Of, string Content), object> _known = [];

    /// <summary>A list of the same content; empty for none.</summary>
    public IReadOnlyList<T> Share<T>(IReadOnlyList<T>? list)
    {
        if (list is null or { Count: 0 })
        {
            return [];
        }

        var content = (typeof(T), string.Join("\n", list));
        if (!_known.TryGetValue(content, out var known))
        {
            _known.Add(content, known = list);
        }

        return (IReadOnlyList<T>)known;
    }
}
