using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Status;

/// <summary>Where every migration stands, as the journals of one or several runs have it. It needs no connection.</summary>
public sealed class MigrationHistory
{
    private readonly Dictionary<JournalKey, SourceHistory> _sources = [];
    private readonly List<SourceHistory> _inOrder = [];
    private readonly SharedLists _lists = new();

    private MigrationHistory()
    {
    }

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
        var history = new MigrationHistory();
        foreach (var entry in entries)
        {
            history.Add(entry.Key, entry.Value);
        }

        return [.. history._inOrder.Select(source => source.Describe())];
    }

    private void Add(JournalOwner owner, JournalEntry entry)
    {
        if (entry.CustomerId is not { } customerId)
        {
            return;
        }

        switch (entry)
        {
            // Neither a status nor its refusal is a migration: a subscription can be suspended on its own.
            case { Kind: JournalEntryKind.StatusSettled, SubscriptionId: { } subscriptionId }:
                Find(customerId, subscriptionId)?.Add(entry);
                break;
            case { Kind: JournalEntryKind.Stopped, Sources.Count: > 0 }:
                Find(customerId, entry.Sources[0])?.Add(entry);
                break;
            default:
                foreach (var source in entry.Sources ?? [])
                {
                    Of(owner, customerId, source).Add(entry);
                }

                break;
        }
    }

    private SourceHistory? Find(string customerId, string source) => _sources.TryGetValue(new JournalKey(customerId, source), out var known) ? known : null;

    private SourceHistory Of(JournalOwner owner, string customerId, string source)
    {
        var key = new JournalKey(customerId, source);
        if (!_sources.TryGetValue(key, out var history))
        {
            history = new SourceHistory(owner, customerId, source, _lists);
            _sources.Add(key, history);
            _inOrder.Add(history);
        }

        return history;
    }
}
