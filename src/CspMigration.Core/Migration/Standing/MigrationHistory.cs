using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Migration.Standing;

/// <summary>Where every migration stands, as the journals of one or several runs have it. It needs no connection.</summary>
public sealed class MigrationHistory
{
    private readonly Dictionary<string, SourceHistory> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SourceHistory> _inOrder = [];

    private MigrationHistory()
    {
    }

    /// <summary>Reads journals. The shards of a run may each have one of their own.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="failed">Gets each file that cannot be read, with the reason; the others go on.</param>
    /// <returns>One object a source, in the order in which the migrations began.</returns>
    public static IReadOnlyList<SubscriptionMigration> Read(IEnumerable<string> paths, Action<string, CspMigrationException> failed)
    {
        var entries = new List<KeyValuePair<string, JournalEntry>>();
        foreach (var path in paths)
        {
            try
            {
                entries.AddRange(WithPartner([.. JournalLines.ReadFile(path)]));
            }
            catch (CspMigrationException e)
            {
                failed(path, e);
            }
        }

        // Several shards may have dealt with one source: what happened last counts.
        return Describe(entries.OrderBy(entry => entry.Value.At));
    }

    internal static IReadOnlyList<SubscriptionMigration> Read(IJournal journal, string partnerTenantId)
    {
        return Describe(journal.ReadAll().Select(entry => new KeyValuePair<string, JournalEntry>(partnerTenantId, entry)));
    }

    private static IEnumerable<KeyValuePair<string, JournalEntry>> WithPartner(IReadOnlyList<JournalEntry> entries)
    {
        var partner = entries.FirstOrDefault(entry => entry.PartnerTenantId is not null)?.PartnerTenantId ?? "";
        return entries.Select(entry => new KeyValuePair<string, JournalEntry>(partner, entry));
    }

    private static IReadOnlyList<SubscriptionMigration> Describe(IEnumerable<KeyValuePair<string, JournalEntry>> entries)
    {
        var history = new MigrationHistory();
        foreach (var entry in entries)
        {
            history.Add(entry.Key, entry.Value);
        }

        return [.. history._inOrder.Select(source => source.Describe())];
    }

    private void Add(string partnerTenantId, JournalEntry entry)
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
                    Of(partnerTenantId, customerId, source).Add(entry);
                }

                break;
        }
    }

    private SourceHistory? Find(string customerId, string source) => _sources.TryGetValue(Key(customerId, source), out var known) ? known : null;

    private SourceHistory Of(string partnerTenantId, string customerId, string source)
    {
        var key = Key(customerId, source);
        if (!_sources.TryGetValue(key, out var history))
        {
            history = new SourceHistory(partnerTenantId, customerId, source);
            _sources.Add(key, history);
            _inOrder.Add(history);
        }

        return history;
    }

    private static string Key(string customerId, string source) => customerId + "/" + source;
}
