using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>
/// The entries of several journals in the order of their times: the shards of a run may have dealt with one source, and what
/// happened last counts. Each file is read line by line, so that no more than an entry of it is in memory.
/// </summary>
internal sealed class MergedJournals : IDisposable
{
    private readonly List<Reading> _readings;

    public MergedJournals(IEnumerable<string> paths) => _readings = [.. paths.Select(path => new Reading(path))];

    /// <summary>The file whose reading failed; null while none has.</summary>
    public string? FailedPath { get; private set; }

    /// <summary>All entries, each with whose journal it is from.</summary>
    /// <exception cref="Contracts.CspMigrationException">As <see cref="JournalLines.ReadFile"/>; <see cref="FailedPath"/> names the file.</exception>
    public IEnumerable<KeyValuePair<JournalOwner, JournalEntry>> Entries()
    {
        _readings.ForEach(Advance);
        while (Earliest() is { } reading)
        {
            yield return new(reading.Owner, reading.Next!);
            Advance(reading);
        }
    }

    public void Dispose() => _readings.ForEach(reading => reading.Dispose());

    // Of entries of one moment that of the file named first comes first.
    private Reading? Earliest()
    {
        Reading? earliest = null;
        foreach (var reading in _readings)
        {
            if (reading.Next is { } next && !(next.At >= earliest?.Next!.At))
            {
                earliest = reading;
            }
        }

        return earliest;
    }

    private void Advance(Reading reading)
    {
        try
        {
            reading.Advance();
        }
        catch
        {
            FailedPath = reading.Path;
            throw;
        }
    }

    private sealed class Reading : IDisposable
    {
        private readonly IEnumerator<JournalEntry> _entries;

        public Reading(string path)
        {
            Path = path;
            _entries = JournalLines.ReadFile(path).GetEnumerator();
        }

        public string Path { get; }

        public JournalOwner Owner { get; } = new();

        public JournalEntry? Next { get; private set; }

        public void Advance()
        {
            Next = _entries.MoveNext() ? _entries.Current : null;
            if (Next is not null)
            {
                Owner.Observe(Next);
            }
        }

        public void Dispose() => _entries.Dispose();
    }
}
