using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

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
    public MovedUsers Of(string customerId, string source) => new(_history.Find(customerId, source));

    /// <summary>Whether a user was moved to a directory SKU away from another source than the given one.</summary>
    public bool IsOfAnother(string customerId, string source, string userId, string targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, _ => true).Any(entry => entry.ToSkuIds.Contains(targetSkuId, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether members of a group were moved with it away from another source than the given one too, to the same directory SKU.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="source">The source that is rolled back.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="sourceSku">The directory SKU of the source.</param>
    /// <param name="targetSku">The directory SKU of its target.</param>
    /// <param name="fromOtherSku">Whether from another directory SKU, or from the same.</param>
    public bool IsGroupOfAnother(string customerId, string source, string groupId, string sourceSku, string targetSku, bool fromOtherSku)
    {
        var own = new JournalKey(customerId, source);
        return _history.Sources
            .Where(other => string.Equals(other.CustomerId, customerId, StringComparison.OrdinalIgnoreCase) && !new JournalKey(other.CustomerId, other.Key).Equals(own))
            .Where(other => ServiceIds.Same(other.Intended?.SkuId, targetSku) && ServiceIds.Same(other.Found?.SkuId ?? other.Intended?.FromSkuId, sourceSku) != fromOtherSku)
            .Any(other => other.Groups.Any(group => ServiceIds.Same(group.GroupId, groupId)));
    }

    /// <summary>The directory SKUs whose licenses a user has lost to moves away from other sources than the given one.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="source">The source that is rolled back.</param>
    /// <param name="userId">The user.</param>
    /// <param name="targetSkuId">The directory SKU of its target: sources of several SKUs are moved by one update, and those with another target do not count.</param>
    public IEnumerable<string> SkusLostToOthers(string customerId, string source, string userId, string targetSkuId)
    {
        return MovesFromOthers(customerId, source, userId, other => other.Intended?.SkuId is not { } skuId || ServiceIds.Same(skuId, targetSkuId)).SelectMany(entry => entry.FromSkuIds).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private IEnumerable<LicenseEntry> MovesFromOthers(string customerId, string source, string userId, Func<SourceRecord, bool> isMeant)
    {
        var own = new JournalKey(customerId, source);
        return _history.Sources
            .Where(other => string.Equals(other.CustomerId, customerId, StringComparison.OrdinalIgnoreCase) && !new JournalKey(other.CustomerId, other.Key).Equals(own))
            .Where(isMeant)
            .Select(other => new MovedUsers(other).Of(userId)).OfType<LicenseEntry>();
    }
}
