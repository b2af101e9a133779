using System;
using System.Collections.Generic;
using System.IO;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Journal;

/// <summary>One writer object for each journal file in the process, however many sessions use it.</summary>
internal static class JournalFiles
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, Shared> Open = new(JournalPaths.Comparer);

    /// <summary>The journal of a file; the caller disposes of the lease.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalOfAnotherTenant</c>: the file is in use for another partner.</exception>
    public static Lease<IJournal> Lease(string path, string partnerTenantId, TimeProvider time)
    {
        var key = Path.GetFullPath(path);
        lock (Gate)
        {
            if (!Open.TryGetValue(key, out var shared))
            {
                shared = new Shared(new FileJournal(key, partnerTenantId, time));
                Open.Add(key, shared);
            }

            if (!string.Equals(shared.Journal.PartnerTenantId, partnerTenantId, StringComparison.OrdinalIgnoreCase))
            {
                throw ErrorCatalog.JournalOfAnotherTenant.Exception(
                    $"The journal {key} is in use for the partner {shared.Journal.PartnerTenantId}, not for {partnerTenantId}.");
            }

            shared.Users++;
            return new Lease<IJournal>(shared.Journal, () => Return(key, shared));
        }
    }

    /// <summary>Where a partner's journal is kept unless the user says otherwise: the user's state folder.</summary>
    public static string DefaultPath(string partnerTenantId)
    {
        return Path.Combine(StateFolder.Path, $"journal-{partnerTenantId.ToLowerInvariant()}.jsonl");
    }

    private static void Return(string key, Shared shared)
    {
        lock (Gate)
        {
            if (--shared.Users == 0)
            {
                _ = Open.Remove(key);
                shared.Journal.Dispose();
            }
        }
    }

    private sealed class Shared
    {
        public Shared(FileJournal journal) => Journal = journal;

        public FileJournal Journal { get; }

        public int Users { get; set; }
    }
}
