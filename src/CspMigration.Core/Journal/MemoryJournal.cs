using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Journal;

/// <summary>A journal that ends with the process: for the embedded sandbox.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<JournalEntry> _entries = [];

    public string? Path => null;

    public JournalView View { get; } = new();

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
