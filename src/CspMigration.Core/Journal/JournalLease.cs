using System;
using System.Threading;

namespace CspMigration.Core.Journal;

/// <summary>A session's share of a journal file.</summary>
internal sealed class JournalLease : IDisposable
{
    private Action? _release;

    public JournalLease(IJournal journal, Action release)
    {
        Journal = journal;
        _release = release;
    }

    public IJournal Journal { get; }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
