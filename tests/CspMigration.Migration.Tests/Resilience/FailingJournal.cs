using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>The journal on a disk that is full from a certain entry on.</summary>
internal sealed class FailingJournal(IJournal inner, int at) : IJournal
{
    private int _entries;

    /// <summary>How many entries there were to write.</summary>
    public int Entries => Volatile.Read(ref _entries);

    public string? Path => inner.Path;

    public JournalView View => inner.View;

    public IEnumerable<JournalEntry> ReadAll() => inner.ReadAll();

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => inner.LockCustomerAsync(customerId, cancellationToken);

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        return Interlocked.Increment(ref _entries) < at
            ? inner.AppendAsync(entry, cancellationToken)
            : throw ErrorCatalog.JournalUnwritable.Exception("The disk is full.");
    }
}
