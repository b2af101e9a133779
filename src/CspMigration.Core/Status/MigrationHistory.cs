using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Status;

/// <summary>The state of every migration, as the journals of one or several runs have it. It needs no connection.</summary>
public static class MigrationHistory
{
    /// <summary>Reads journals. The shards of a run may each have one of their own.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="failed">Gets each file that cannot be read, with the reason; the others go on.</param>
    /// <returns>One object a source, in the order in which the migrations began.</returns>
    public static IReadOnlyList<SubscriptionMigration> Read(IEnumerable<string> paths, Action<string, CspMigrationException> failed)
    {
        var files = paths.ToList();
        while (true)
        {
            using var journals = new MergedJournals(files);
            try
            {
                return Describe(journals.Entries());
            }
            catch (CspMigrationException e) when (journals.FailedPath is { } path)
            {
                // What came of it before the failure must not count: the others are read again without it.
                failed(path, e);
                _ = files.Remove(path);
            }
        }
    }

    internal static IReadOnlyList<SubscriptionMigration> Read(IJournal journal, string partnerTenantId)
    {
        var owner = new JournalOwner(partnerTenantId);
        return Describe(journal.ReadAll().Select(entry => new KeyValuePair<JournalOwner, JournalEntry>(owner, entry)));
    }

    private static IReadOnlyList<SubscriptionMigration> Describe(IEnumerable<KeyValuePair<JournalOwner, JournalEntry>> entries)
    {
        var history = new JournalView(keepsHistory: true);
        foreach (var entry in entries)
        {
            history.Add(entry.Value, entry.Key);
        }

        // A journal that was changed by hand may lack the customer.
        return [.. history.Sources.Where(source => source.CustomerId is not null).Select(source => new MigrationDescription(source).Describe())];
    }
}
