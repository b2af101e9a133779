using System;
using System.IO;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Files;
using CspMigration.PartnerCenter.Sharing;

namespace CspMigration.Core.Journal;

/// <summary>One writer object for each journal file in the process, however many sessions use it.</summary>
internal static class JournalFiles
{
    private static readonly SharedItems<FileJournal> Open = new(JournalPaths.Comparer);

    /// <summary>The journal of a file; the caller disposes of the lease.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalOfAnotherTenant</c>: the file is in use for another partner.</exception>
    public static Lease<IJournal> Lease(string path, string partnerTenantId, TimeProvider time)
    {
        var key = Path.GetFullPath(path);
        var lease = Open.Lease(key, () => new FileJournal(key, partnerTenantId, time));
        var journal = lease.Item;
        if (!string.Equals(journal.PartnerTenantId, partnerTenantId, StringComparison.OrdinalIgnoreCase))
        {
            lease.Dispose();
            throw ErrorCatalog.JournalOfAnotherTenant.Exception(
                $"The journal {key} is in use for the partner {journal.PartnerTenantId}, not for {partnerTenantId}.");
        }

        return new Lease<IJournal>(journal, lease.Dispose);
    }

    /// <summary>Where a partner's journal is kept unless the user says otherwise: the user's state folder.</summary>
    public static string DefaultPath(string partnerTenantId)
    {
        return Path.Combine(StateFolder.Path, $"journal-{partnerTenantId.ToLowerInvariant()}.jsonl");
    }
}
