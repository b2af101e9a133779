using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Counts how often all entries of a journal are read.</summary>
internal sealed class CountingJournal(IJournal inner) : IJournal
{
    private int _readings;

    public int Readings => Volatile.Read(ref _readings);

    public string? Path => inner.Path;

    public JournalView View => inner.View;

    public IEnumerable<JournalEntry> ReadAll()
    {
        _ = Interlocked.Increment(ref _readings);
        return inner.ReadAll();
    }

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<System.IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => inner.LockCustomerAsync(customerId, cancellationToken);

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => inner.AppendAsync(entry, cancellationToken);
}
