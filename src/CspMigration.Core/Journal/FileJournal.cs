using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Journal;

/// <summary>
/// The journal on disk: append-only JSON lines. Writing needs the operating system's lock on <c>&lt;journal&gt;.lock</c>,
/// taken with the first entry and freed by the death of the process; reading never does. Entries of many threads are
/// written and flushed together.
/// </summary>
internal sealed class FileJournal : IJournal, IDisposable
{
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentQueue<Pending> _queue = new();
    private readonly KeyedLock<CustomerId> _customers = new();
    private readonly Lazy<JournalView> _read;
    private JournalView? _current;
    private FileStream? _lock;
    private FileStream? _file;
    private long _length;

    public FileJournal(string path, string partnerTenantId, TimeProvider time)
    {
        Path = path;
        PartnerTenantId = partnerTenantId;
        _time = time;

        // A reading that failed is tried again, the user may have fixed the cause.
        _read = new Lazy<JournalView>(() => ReadView(out _), LazyThreadSafetyMode.PublicationOnly);
    }

    public string? Path { get; }

    /// <summary>Whose journal it is.</summary>
    public string PartnerTenantId { get; }

    public JournalView View => Volatile.Read(ref _current) ?? _read.Value;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _ = _current ?? Open();
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    public Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => _customers.EnterAsync(customerId, cancellationToken);

    public async Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var pending = new Pending(entry);
        _queue.Enqueue(pending);
        await WaitForTurnAsync(pending, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!pending.IsSettled)
            {
                WriteQueued();
            }
        }
        finally
        {
            _ = _writing.Release();
        }

        pending.ThrowIfFailed();
    }

    // An entry that is given up while it waits is not written. One that another thread is just writing cannot be given up: its end is waited for.
    private async Task WaitForTurnAsync(Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!pending.TryClaim())
        {
            await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public IEnumerable<JournalEntry> ReadAll() => File.Exists(Path) ? JournalLines.ReadFile(Path!) : [];

    public void Dispose()
    {
        Free();
        _writing.Dispose();
    }

    private void WriteQueued()
    {
        var batch = new List<Pending>();
        while (_queue.TryDequeue(out var pending))
        {
            if (pending.TryClaim())
            {
                batch.Add(pending);
            }
        }

        try
        {
            var view = _current ?? Open();
            using var lines = new MemoryStream();
            foreach (var pending in batch)
            {
                var line = JournalLines.Write(pending.Entry);
                lines.Write(line, 0, line.Length);
            }

            WriteDurably(lines);
            foreach (var pending in batch)
            {
                view.Add(pending.Entry);
                pending.Settle(failure: null);
            }
        }
        catch (Exception e)
        {
            // Each waiting writer gets the failure: none may go on as if its entry were on disk.
            foreach (var pending in batch)
            {
                pending.Settle(ExceptionDispatchInfo.Capture(e));
            }
        }
    }

    private void WriteDurably(MemoryStream lines)
    {
        try
        {
            CutOff();
            _ = _file!.Seek(_length, SeekOrigin.Begin);
            try
            {
                lines.WriteTo(_file);
                _file.Flush(flushToDisk: true);
            }
            catch
            {
                CutOff();
                throw;
            }
        }
        catch (Exception e) when (JournalFailure.IsOfStorage(e))
        {
            throw JournalFailure.Of(Path!, "written", e);
        }

        _length += lines.Length;
    }

    // A dead process may have left a torn line, a write that failed half-way lines that must not count as written.
    private void CutOff()
    {
        if (_file!.Length != _length)
        {
            _file.SetLength(_length);
        }
    }

    private JournalView Open()
    {
        try
        {
            _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path!))!);
            _lock = AcquireLock();
            return Begin();
        }
        catch (Exception e)
        {
            // What cannot be written is not kept from others.
            Free();
            if (JournalFailure.IsOfStorage(e))
            {
                throw JournalFailure.Of(Path!, "opened for writing", e);
            }

            throw;
        }
    }

    private JournalView Begin()
    {
        var view = ReadView(out _length);

        // Without a buffer: what a full disk did not take must not be left in it, to come out with a later entry.
        _file = new FileStream(Path!, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
        var opened = new Opened
        {
            At = _time.GetUtcNow(),
            PartnerTenantId = PartnerTenantId,
            Writer = DescribeThisProcess(),
        };
        using var line = new MemoryStream(JournalLines.Write(opened));
        WriteDurably(line);
        view.Add(opened);
        Volatile.Write(ref _current, view);
        return view;
    }

    private void Free()
    {
        _file?.Dispose();
        _file = null;
        _lock?.Dispose();
        _lock = null;
    }

    private FileStream AcquireLock()
    {
        try
        {
            return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (JournalFailure.IsHeldByAnother(e))
        {
            var holder = ReadView(out _).LastWriter ?? "another process";
            throw ErrorCatalog.JournalLocked.Exception($"The journal {Path} is being written by {holder}.", inner: e);
        }
    }

    private JournalView ReadView(out long wholeLength)
    {
        var view = new JournalView();
        var length = 0L;
        foreach (var entry in File.Exists(Path) ? JournalLines.ReadFile(Path!, passed => length = passed) : [])
        {
            view.Add(entry);
        }

        wholeLength = length;
        return view.PartnerTenantId is { } owner && !string.Equals(owner, PartnerTenantId, StringComparison.OrdinalIgnoreCase)
            ? throw ErrorCatalog.JournalOfAnotherTenant.Exception($"The journal {Path} belongs to the partner {owner}, not to {PartnerTenantId}.")
            : view;
    }

    private static string DescribeThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return $"process {process.Id} on {Environment.MachineName}";
    }

    private sealed class Pending
    {
        private int _claimed;

        public Pending(JournalEntry entry) => Entry = entry;

        public JournalEntry Entry { get; }

        public bool IsSettled { get; private set; }

        private ExceptionDispatchInfo? Failure { get; set; }

        /// <summary>Claims it, to write it or to give it up; false where it is claimed already.</summary>
        public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

        public void Settle(ExceptionDispatchInfo? failure)
        {
            Failure = failure;
            IsSettled = true;
        }

        public void ThrowIfFailed() => Failure?.Throw();
    }
}
