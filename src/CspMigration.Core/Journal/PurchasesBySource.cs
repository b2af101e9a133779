using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Journal;

/// <summary>The last purchase of each source, and for each target the sources it serves. Not safe for several threads.</summary>
internal sealed class PurchasesBySource
{
    private readonly Dictionary<JournalKey, JournalEntry> _purchases = [];

    // A look through all purchases for each subscription that ends would be quadratic in a large run.
    private readonly Dictionary<JournalKey, List<JournalKey>> _sources = [];

    /// <summary>The purchase of a source; null where there is none.</summary>
    public JournalEntry? Find(JournalKey source) => _purchases.TryGetValue(source, out var purchase) ? purchase : null;

    /// <summary>Keeps a purchase as the last of one of its sources.</summary>
    public void Set(JournalKey source, JournalEntry purchase)
    {
        _ = Remove(source);
        _purchases.Add(source, purchase);
        if (TargetOf(source, purchase) is not { } target)
        {
            return;
        }

        if (!_sources.TryGetValue(target, out var sources))
        {
            _sources.Add(target, sources = []);
        }

        sources.Add(source);
    }

    /// <summary>Drops the purchase of a source.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(JournalKey source)
    {
        if (!_purchases.TryGetValue(source, out var purchase))
        {
            return false;
        }

        _ = _purchases.Remove(source);
        if (TargetOf(source, purchase) is { } target && _sources[target].Remove(source) && _sources[target].Count == 0)
        {
            _ = _sources.Remove(target);
        }

        return true;
    }

    /// <summary>The sources that a target was bought or taken for, in the order of their purchases; itself is none of them.</summary>
    public IReadOnlyList<string> SourcesOf(JournalKey target)
    {
        return _sources.TryGetValue(target, out var sources) ? [.. sources.Where(source => !source.Equals(target)).Select(source => source.Source)] : [];
    }

    // What was accepted has no subscription before the service names one.
    private static JournalKey? TargetOf(JournalKey source, JournalEntry purchase)
    {
        return purchase.SubscriptionId is { } target ? new JournalKey(source.CustomerId, target) : null;
    }
}
