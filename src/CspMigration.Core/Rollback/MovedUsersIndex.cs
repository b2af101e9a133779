using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Rollback;

/// <summary>Whose licenses were moved away from each source of some customers, by the journal.</summary>
internal sealed class MovedUsersIndex
{
    private readonly Dictionary<JournalKey, MovedUsers> _bySource = [];

    /// <summary>Reads the journal once for all requests.</summary>
    public static void Read(IJournal journal, IReadOnlyCollection<UndoRequest> requests)
    {
        var customers = new HashSet<string>(requests.Select(request => request.CustomerId), StringComparer.OrdinalIgnoreCase);
        var index = new MovedUsersIndex();
        foreach (var entry in journal.ReadAll().Where(entry => entry.CustomerId is not null && customers.Contains(entry.CustomerId)))
        {
            foreach (var source in entry.Sources ?? [])
            {
                index.Of(entry.CustomerId!, source).Add(entry);
            }
        }

        foreach (var request in requests)
        {
            request.Moved = index;
        }
    }

    /// <summary>The users who were moved away from a source.</summary>
    public MovedUsers Of(string customerId, string source)
    {
        var key = new JournalKey(customerId, source);
        if (!_bySource.TryGetValue(key, out var moved))
        {
            _bySource.Add(key, moved = new MovedUsers());
        }

        return moved;
    }

    /// <summary>Whether a user was moved to a directory SKU away from another source than the given one.</summary>
    public bool IsOfAnother(string customerId, string source, string userId, string targetSkuId)
    {
        var own = new JournalKey(customerId, source);
        return _bySource.Any(other => !other.Key.Equals(own)
            && string.Equals(other.Key.CustomerId, customerId, StringComparison.OrdinalIgnoreCase)
            && other.Value.Of(userId) is { } entry && (entry.ToSkuIds ?? []).Contains(targetSkuId, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The directory SKUs whose licenses a user has lost to moves away from other sources than the given one.</summary>
    public IEnumerable<string> SkusLostToOthers(string customerId, string source, string userId)
    {
        var own = new JournalKey(customerId, source);
        return _bySource.Where(other => !other.Key.Equals(own) && string.Equals(other.Key.CustomerId, customerId, StringComparison.OrdinalIgnoreCase))
            .SelectMany(other => other.Value.Of(userId)?.FromSkuIds ?? []).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
