using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.PartnerCenter.Pacing;

/// <summary>
/// Keeps the calls to one endpoint for one partner within what the service bears: a number of calls at once, and a
/// pause for all calls of a family when one of them was told to wait.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    private const int CallsAtOnce = 32;

    private readonly SemaphoreSlim _places = new(CallsAtOnce, CallsAtOnce);
    private readonly TimeProvider _time;
    private readonly DateTimeOffset[] _pausedUntil = new DateTimeOffset[Enum.GetValues(typeof(RequestFamily)).Length];
    private readonly object _gate = new();

    public RequestPacer(TimeProvider time) => _time = time;

    /// <summary>Waits for a place; the caller gives it back with <see cref="Leave"/>.</summary>
    public async Task EnterAsync(RequestFamily family, IOperationObserver observer, CancellationToken cancellationToken)
    {
        while (true)
        {
            for (var pause = PauseOf(family); pause > TimeSpan.Zero; pause = PauseOf(family))
            {
                observer.Waiting("throttled", pause);
                await _time.Delay(pause, cancellationToken).ConfigureAwait(false);
            }

            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (PauseOf(family) <= TimeSpan.Zero)
            {
                return;
            }

            // The pause began while the place was waited for.
            Leave();
        }
    }

    public void Leave() => _ = _places.Release();

    /// <summary>The service told a call of this family to wait: all wait.</summary>
    public void Pause(RequestFamily family, TimeSpan duration)
    {
        lock (_gate)
        {
            var until = _time.GetUtcNow() + duration;
            if (until > _pausedUntil[(int)family])
            {
                _pausedUntil[(int)family] = until;
            }
        }
    }

    public void Dispose() => _places.Dispose();

    private TimeSpan PauseOf(RequestFamily family)
    {
        lock (_gate)
        {
            return _pausedUntil[(int)family] - _time.GetUtcNow();
        }
    }
}
