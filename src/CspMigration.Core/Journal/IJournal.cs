using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>What was intended and what happened, kept so that an interrupted run can be resumed and undone.</summary>
internal interface IJournal
{
    /// <summary>The file; null where it is kept in memory.</summary>
    string? Path { get; }

    /// <summary>What the entries so far say.</summary>
    JournalView View { get; }

    /// <summary>All entries in their order, for what the view does not keep.</summary>
    IEnumerable<JournalEntry> ReadAll();

    /// <summary>
    /// Makes sure that this process may write and that <see cref="View"/> is what is on disk: others may have written
    /// since it was read.
    /// </summary>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalLocked</c>, <c>JournalUnwritable</c> and others.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Waits until no other caller in this process works on the same customer's purchases; disposing lets the next one in.</summary>
    Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken);

    /// <summary>Adds an entry; when this returns it survives the death of the process.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalUnwritable</c> and what <see cref="OpenAsync"/> throws: the entry is not in the journal.</exception>
    Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken);
}
