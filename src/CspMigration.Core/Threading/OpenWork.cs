using System;
using System.Threading;

namespace CspMigration.Core.Threading;

/// <summary>
/// The work on something that may be closed by another thread at any moment. Closing cancels the work; what the work uses is
/// freed when the last of it has ended, never under it.
/// </summary>
internal sealed class OpenWork : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Action _free;
    private int _count;
    private bool _isClosed;

    /// <param name="free">Frees what the work uses; called once.</param>
    public OpenWork(Action free) => _free = free;

    /// <summary>Whether no more work can begin.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Begins a piece of work; null where it is too late for that. Disposing ends it.</summary>
    /// <param name="cancellationToken">Cancels the work, as closing does.</param>
    public Piece? TryBegin(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            _count++;
            return new Piece(this, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token));
        }
    }

    /// <summary>Closes: cancels the work that is under way, and does not wait for it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _count++;
        }

        // Outside the lock: what is canceled may end here and now.
        _closing.Cancel();
        End();
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_count > 0 || !_isClosed)
            {
                return;
            }
        }

        _closing.Dispose();
        _free();
    }

    /// <summary>One piece of work.</summary>
    internal sealed class Piece : IDisposable
    {
        private readonly OpenWork _work;
        private readonly CancellationTokenSource _end;

        public Piece(OpenWork work, CancellationTokenSource end)
        {
            _work = work;
            _end = end;
        }

        /// <summary>Canceled by the caller or by closing.</summary>
        public CancellationToken Token => _end.Token;

        public void Dispose()
        {
            _end.Dispose();
            _work.End();
        }
    }
}
