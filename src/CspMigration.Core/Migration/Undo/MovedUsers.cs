using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Migration.Undo;

/// <summary>Whose licences were moved away from a source, by the journal, and what was switched off before.</summary>
internal sealed class MovedUsers
{
    private readonly Dictionary<string, JournalEntry> _byUser;

    private MovedUsers(Dictionary<string, JournalEntry> byUser) => _byUser = byUser;

    public IReadOnlyCollection<string> UserIds => _byUser.Keys;

    /// <summary>The move of a user; null where the journal has none.</summary>
    public JournalEntry? Of(string userId) => _byUser.TryGetValue(userId, out var entry) ? entry : null;

    /// <summary>Reads the journal. An update that was sent and never answered counts: whether it was done, the licences show.</summary>
    public static MovedUsers Read(IJournal journal, string customerId, string source)
    {
        var byUser = new Dictionary<string, JournalEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in journal.ReadAll().Where(entry => CustomerView.Same(entry.CustomerId, customerId)
            && (entry.Sources ?? []).Contains(source, StringComparer.OrdinalIgnoreCase)))
        {
            switch (entry.Kind)
            {
                case JournalEntryKind.Undone:
                    byUser.Clear();
                    break;
                case JournalEntryKind.LicenseIntended when entry is { Way: null, UserId: { } userId }:
                    byUser[userId] = entry;
                    break;
                case JournalEntryKind.LicenseSettled when entry is { Way: null, Done: false, UserId: { } userId }:
                    _ = byUser.Remove(userId);
                    break;
                case JournalEntryKind.LicenseSettled when entry is { Way: JournalEntry.Back, Done: true, UserId: { } userId }:
                    _ = byUser.Remove(userId);
                    break;
            }
        }

        return new MovedUsers(byUser);
    }
}
