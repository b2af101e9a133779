using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Graph.Batches;

/// <summary>
/// Keeps the writes to one tenant within what Microsoft Graph promises an application: 3,000 in 150 seconds
/// (learn.microsoft.com/graph/throttling-limits). They are free until the first is refused as one too many. Safe for several threads.
/// </summary>
internal sealed class WritePace
{
    private const int Limit = 3000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(150);

    private readonly object _gate = new();
    private readonly Queue<(TimeSpan At, int Writes)> _sent = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _pausedUntil;
    private int _counted;
    private bool _isLimited;

    public WritePace(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    // Not the clock on the wall, which may be set meanwhile.
    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Waits until so many writes may be sent, and counts them.</summary>
    public async Task EnterAsync(int writes, IOperationObserver observer, CancellationToken cancellationToken)
    {
        while (TryEnter(writes) is { } wait)
        {
            observer.Waiting("throttled", wait);
            await _time.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A write was refused as one too many: all wait so long.</summary>
    public void Throttled(TimeSpan pause)
    {
        lock (_gate)
        {
            _isLimited = true;
            var until = Now + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    private TimeSpan? TryEnter(int writes)
    {
        lock (_gate)
        {
            var now = Now;
            while (_sent.Count > 0 && now - _sent.Peek().At >= Window)
            {
                _counted -= _sent.Dequeue().Writes;
            }

            if (_pausedUntil > now)
            {
                return _pausedUntil - now;
            }

            if (_isLimited && _counted > 0 && _counted + writes > Limit)
            {
                return _sent.Peek().At + Window - now;
            }

            _sent.Enqueue((now, writes));
            _counted += writes;
            return null;
        }
    }
}
