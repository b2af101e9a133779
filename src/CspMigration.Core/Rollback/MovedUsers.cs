using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Rollback;

/// <summary>Whose licences were moved away from a source, by the journal, and what was switched off before.</summary>
internal sealed class MovedUsers
{
    private readonly Dictionary<string, JournalEntry> _byUser = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> UserIds => _byUser.Keys;

    /// <summary>The directory SKU that they were moved to; null where the journal has none, or several.</summary>
    public string? TargetSkuId
    {
        get
        {
            var skuIds = _byUser.Values.SelectMany(entry => entry.ToSkuIds ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList();
            return skuIds.Count == 1 ? skuIds[0] : null;
        }
    }

    /// <summary>The move of a user; null where the journal has none.</summary>
    public JournalEntry? Of(string userId) => _byUser.TryGetValue(userId, out var entry) ? entry : null;

    /// <summary>Takes an entry about the source into account. An update that was sent and never answered counts: whether it was done, the licences show.</summary>
    public void Add(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.Undone:
                _byUser.Clear();
                break;
            case JournalEntryKind.LicenseIntended when entry is { Way: null, UserId: { } userId }:
                _byUser[userId] = entry;
                break;
            case JournalEntryKind.LicenseSettled when entry is { Way: null, Done: false, UserId: { } userId }:
                _ = _byUser.Remove(userId);
                break;
            case JournalEntryKind.LicenseSettled when entry is { Way: JournalEntry.Back, Done: true, UserId: { } userId }:
                _ = _byUser.Remove(userId);
                break;
        }
    }
}
