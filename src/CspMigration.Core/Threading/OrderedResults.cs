using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>
/// Hands results out one by one in the order of their places, whatever order they come in. Whoever brings the result that
/// is next hands it out, with those behind it that are there by then. So many places may be open at once.
/// </summary>
internal sealed class OrderedResults<TResult> : IDisposable
{
    private readonly Action<TResult> _handOut;
    private readonly SemaphoreSlim _open;
    private readonly Dictionary<long, TResult> _waiting = [];
    private long _reserved;
    private long _next;
    private bool _isHandingOut;

    public OrderedResults(int placesAtOnce, Action<TResult> handOut)
    {
        _open = new SemaphoreSlim(placesAtOnce);
        _handOut = handOut;
    }

    /// <summary>The next place; for one caller at a time. Waits while too many are open.</summary>
    public async ValueTask<long> ReserveAsync(CancellationToken cancellationToken)
    {
        await _open.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _reserved++;
    }

    /// <summary>Brings the result of a place.</summary>
    public void Add(long place, TResult result)
    {
        lock (_waiting)
        {
            _waiting.Add(place, result);
            if (_isHandingOut || place != _next)
            {
                return;
            }

            _isHandingOut = true;
        }

        while (TryTake(out var next))
        {
            _handOut(next);
            _ = _open.Release();
        }
    }

    public void Dispose() => _open.Dispose();

    private bool TryTake(out TResult next)
    {
        lock (_waiting)
        {
            _isHandingOut = _waiting.TryGetValue(_next, out next!);
            if (_isHandingOut)
            {
                _ = _waiting.Remove(_next++);
            }

            return _isHandingOut;
        }
    }
}
