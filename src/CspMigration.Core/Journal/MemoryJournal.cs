using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Journal;

/// <summary>A journal that ends with the process: for the embedded sandbox.</summary>
internal sealed class MemoryJournal : IJournal
{
    public string? Path => null;

    public JournalView View { get; } = new();

    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        View.Add(entry);
        return Task.CompletedTask;
    }
}
