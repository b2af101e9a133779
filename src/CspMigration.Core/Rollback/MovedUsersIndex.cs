using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Rollback;

/// <summary>Whose licenses were moved away from each source of some customers, by the journal.</summary>
internal sealed class MovedUsersIndex
{
    private readonly JournalView _history = new(keepsHistory: true);

    /// <summary>Reads the journal once for all requests.</summary>
    public static void Read(IJournal journal, IReadOnlyCollection<UndoRequest> requests)
    {
        var customers = new HashSet<string>(requests.Select(request => request.CustomerId), StringComparer.OrdinalIgnoreCase);
        var index = new MovedUsersIndex();
        foreach (var entry in journal.ReadAll().OfType<MigrationEntry>().Where(entry => customers.Contains(entry.CustomerId)))
        {
            index._history.Add(entry);
        }

        foreach (var request in requests)
        {
            request.Moved = index;
        }
    }

    /// <summary>The users who were moved away from a source.</summary>
    public MovedUsers Of(string customerId, SourceKey source) => new(_history.Find(customerId, source));

    /// <summary>Whether a user was moved to a directory SKU away from another source than the given one.</summary>
    public bool IsOfAnother(string customerId, SourceKey source, UserId userId, SkuId targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, _ => true).Any(entry => entry.ToSkuIds.Contains(targetSkuId));
    }

    /// <summary>The directory SKUs whose licenses a user has lost to moves away from other sources than the given one.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="source">The source that is rolled back.</param>
    /// <param name="userId">The user.</param>
    /// <param name="targetSkuId">The directory SKU of its target: sources of several SKUs are moved by one update, and those with another target do not count.</param>
    public IEnumerable<SkuId> SkusLostToOthers(string customerId, SourceKey source, UserId userId, SkuId targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, other => other.Intended?.SkuId is not { } skuId || skuId.Is(targetSkuId)).SelectMany(entry => entry.FromSkuIds).Distinct();
    }

    private IEnumerable<LicenseEntry> MovesFromOthers(string customerId, SourceKey source, UserId userId, Func<SourceRecord, bool> isMeant)
    {
        return _history.Sources
            .Where(other => string.Equals(other.CustomerId, customerId, StringComparison.OrdinalIgnoreCase) && !other.Key.Is(source))
            .Where(isMeant)
            .Select(other => new MovedUsers(other).Of(userId)).OfType<LicenseEntry>();
    }
}
