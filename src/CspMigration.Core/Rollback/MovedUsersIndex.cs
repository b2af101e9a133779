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
        var customers = new HashSet<CustomerId>(requests.Select(request => request.Customer));
        var index = new MovedUsersIndex();
        foreach (var entry in journal.ReadAll().OfType<MigrationEntry>().Where(entry => entry.CustomerId is { } customerId && customers.Contains(customerId)))
        {
            index._history.Add(entry);
        }

        foreach (var request in requests)
        {
            request.Moved = index;
        }
    }

    /// <summary>The users who were moved away from a source.</summary>
    public MovedUsers Of(CustomerId customerId, SourceKey source) => new(_history.Find(customerId, source));

    /// <summary>Whether a user was moved to a directory SKU away from another source than the given one.</summary>
    public bool IsOfAnother(CustomerId customerId, SourceKey source, UserId userId, SkuId targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, _ => true).Any(entry => entry.ToSkuIds.Contains(targetSkuId));
    }

    /// <summary>Whether members of a group were moved with it away from another source than the given one too, to the same directory SKU.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="source">The source that is rolled back.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="sourceSku">The directory SKU of the source.</param>
    /// <param name="targetSku">The directory SKU of its target.</param>
    /// <param name="fromOtherSku">Whether from another directory SKU, or from the same.</param>
    public bool IsGroupOfAnother(CustomerId customerId, SourceKey source, GroupId groupId, SkuId sourceSku, SkuId targetSku, bool fromOtherSku)
    {
        return _history.Sources
            .Where(other => other.CustomerId.Is(customerId) && !other.Key.Is(source))
            .Where(other => IsMovedTo(other, targetSku) && sourceSku.Is(other.Found?.SkuId ?? other.Intended?.FromSkuId) != fromOtherSku)
            .Any(other => other.Groups.Any(group => groupId.Is(group.GroupId)));
    }

    /// <summary>The directory SKUs whose licenses a user has lost to moves away from other sources than the given one.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="source">The source that is rolled back.</param>
    /// <param name="userId">The user.</param>
    /// <param name="targetSkuId">The directory SKU of its target: sources of several SKUs are moved by one update, and those with another target do not count.</param>
    public IEnumerable<SkuId> SkusLostToOthers(CustomerId customerId, SourceKey source, UserId userId, SkuId targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, other => IsMovedTo(other, targetSkuId)).SelectMany(entry => entry.FromSkuIds).Distinct();
    }

    // What was moved by ids alone, nothing was got for: where to, the journal then does not say.
    private static bool IsMovedTo(SourceRecord source, SkuId targetSkuId) => source.Intended?.SkuId is not { } skuId || skuId.Is(targetSkuId);

    private IEnumerable<LicenseEntry> MovesFromOthers(CustomerId customerId, SourceKey source, UserId userId, Func<SourceRecord, bool> isMeant)
    {
        return _history.Sources
            .Where(other => other.CustomerId.Is(customerId) && !other.Key.Is(source))
            .Where(isMeant)
            .Select(other => new MovedUsers(other).Of(userId)).OfType<LicenseEntry>();
    }
}
