using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Journal;

/// <summary>A journal that ends with the process: for the embedded sandbox.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<JournalEntry> _entries = [];
    private readonly KeyedLock<CustomerId> _customers = new();

    public string? Path => null;

    public JournalView View { get; } = new();

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => _customers.EnterAsync(customerId, cancellationToken);

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }

        View.Add(entry);
        return Task.CompletedTask;
    }

    public IEnumerable<JournalEntry> ReadAll()
    {
        lock (_entries)
        {
            return _entries.ToArray();
        }
    }
}
