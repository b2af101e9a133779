using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>
/// Hands results out one by one in the order of their numbers, whatever order they come in. Whoever brings the result that
/// is next hands it out, with those behind it that are there by then. No thread is held up while the reader takes one.
/// </summary>
internal sealed class OrderedResults<TResult> : IDisposable
{
    private readonly Func<TResult, Task> _handOut;
    private readonly SemaphoreSlim _places;
    private readonly Dictionary<long, TResult> _waiting = [];
    private long _next;
    private bool _isHandingOut;

    /// <param name="places">How many results may be on their way, or wait, at once.</param>
    /// <param name="handOut">Gets the results; it has taken one when its task ends.</param>
    public OrderedResults(int places, Func<TResult, Task> handOut)
    {
        _places = new SemaphoreSlim(places);
        _handOut = handOut;
    }

    /// <summary>Waits until one more result may be on its way; whoever works on one has asked before.</summary>
    public Task WaitForPlaceAsync(CancellationToken cancellationToken) => _places.WaitAsync(cancellationToken);

    /// <summary>Brings a result.</summary>
    /// <param name="number">Its place in the order, from 0.</param>
    /// <param name="result">The result.</param>
    public async Task AddAsync(long number, TResult result)
    {
        lock (_waiting)
        {
            _waiting.Add(number, result);
            if (_isHandingOut || number != _next)
            {
                return;
            }

            _isHandingOut = true;
        }

        while (TryTake(out var next))
        {
            await _handOut(next).ConfigureAwait(false);
            _ = _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

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
