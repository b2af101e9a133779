using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>For each target the sources it serves. Not safe for several threads.</summary>
internal sealed class SourcesByTarget
{
    // A look through all purchases for each subscription that ends would be quadratic in a large run.
    private readonly Dictionary<JournalKey, List<JournalKey>> _sources = [];

    /// <summary>Adds a source to those of a target.</summary>
    public void Add(JournalKey target, JournalKey source)
    {
        if (!_sources.TryGetValue(target, out var sources))
        {
            _sources.Add(target, sources = []);
        }

        sources.Add(source);
    }

    /// <summary>Removes a source from those of a target.</summary>
    public void Remove(JournalKey target, JournalKey source)
    {
        if (_sources.TryGetValue(target, out var sources) && sources.Remove(source) && sources.Count == 0)
        {
            _ = _sources.Remove(target);
        }
    }

    /// <summary>The sources of a target, in the order of their purchases; itself is none of them.</summary>
    public IReadOnlyList<SourceKey> Of(JournalKey target)
    {
        return _sources.TryGetValue(target, out var sources) ? [.. sources.Where(source => !source.Equals(target)).Select(source => SourceKey.From(source.About))] : [];
    }
}
