using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>
/// Keeps the calls to one endpoint for one partner within what the service bears: so many at once, each family of calls
/// at its own pace, and a pause for all calls of a family when one of them was told to wait. Customers are served in turn.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ConcurrencyLimit _places;
    private readonly FamilyPace[] _families = [.. Enum.GetValues(typeof(RequestFamily)).Cast<RequestFamily>().Select(_ => new FamilyPace())];
    private readonly ITimer _alarm;
    private long _turns;
    private int _underWay;
    private int _nextFamily;

    /// <param name="time">The clock.</param>
    /// <param name="places">How many calls may be under way at once, to begin with.</param>
    public RequestPacer(TimeProvider time, int places = ConcurrencyLimit.First)
    {
        _places = new ConcurrencyLimit(places);
        _time = time;
        _start = time.GetTimestamp();
        _alarm = time.CreateTimer(pacer => ((RequestPacer)pacer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many calls may be under way at once.</summary>
    public int Places
    {
        get
        {
            lock (_gate)
            {
                return _places.Current;
            }
        }
    }

    // Not the clock on the wall, which may be set while calls wait.
    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Waits for a turn; the caller gives it back with <see cref="Leave"/>.</summary>
    /// <param name="family">The family the call is paced in.</param>
    /// <param name="customerId">The customer it is about; null for none.</param>
    /// <param name="observer">Hears of a pause.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Turn> EnterAsync(RequestFamily family, string? customerId, IOperationObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        TimeSpan pause;
        lock (_gate)
        {
            var pace = _families[(int)family];
            pause = pace.WaitFrom(Now);
            if (pause <= TimeSpan.Zero && pace.Waiting.IsEmpty && _underWay < _places.Current)
            {
                return Task.FromResult(Begin(family));
            }

            pace.Waiting.Add(customerId ?? "", waiter);
            Serve();
        }

        if (pause > TimeSpan.Zero)
        {
            observer.Waiting("throttled", pause);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Gives a turn back and learns from how the call ended.</summary>
    public void Leave(Turn turn, AttemptOutcome outcome)
    {
        lock (_gate)
        {
            var isUsedUp = _underWay >= _places.Current && Array.Exists(_families, family => !family.Waiting.IsEmpty);
            _underWay--;
            var pace = _families[(int)turn.Family];
            switch (outcome)
            {
                case AttemptOutcome.Throttled:
                    _places.Throttled(turn.Number, _turns);
                    pace.Throttled(turn.Number, _turns, Now);
                    break;
                case AttemptOutcome.NotSent:
                    pace.NotSent();
                    break;
                default:
                    pace.Counted(Now);
                    break;
            }

            if (outcome is AttemptOutcome.Answered or AttemptOutcome.Refused)
            {
                _places.Succeeded(isUsedUp);
            }

            Serve();
        }
    }

    /// <summary>The service told a call of this family to wait: all wait.</summary>
    public void Pause(RequestFamily family, TimeSpan duration)
    {
        lock (_gate)
        {
            _families[(int)family].Pause(duration, Now);
        }
    }

    public void Dispose() => _alarm.Dispose();

    private void Ring()
    {
        lock (_gate)
        {
            Serve();
        }
    }

    // The families in turn, each as far as its pace allows; then the alarm is set for the first that has to wait.
    private void Serve()
    {
        var now = Now;
        var passedOver = 0;
        TimeSpan? next = null;
        while (passedOver < _families.Length && _underWay < _places.Current)
        {
            var family = (RequestFamily)_nextFamily;
            var pace = _families[_nextFamily];
            _nextFamily = (_nextFamily + 1) % _families.Length;
            passedOver++;
            if (pace.Waiting.IsEmpty)
            {
                continue;
            }

            var wait = pace.WaitFrom(now);
            if (wait > TimeSpan.Zero)
            {
                next = wait < next || next is null ? wait : next;
                continue;
            }

            passedOver = 0;
            next = null;
            var turn = new Turn(family, _turns + 1);
            if (pace.Waiting.Dequeue().TryGive(turn))
            {
                _ = Begin(family);
            }
        }

        if (next is { } alarm)
        {
            _ = _alarm.Change(alarm, Timeout.InfiniteTimeSpan);
        }
    }

    private Turn Begin(RequestFamily family)
    {
        _underWay++;
        _families[(int)family].Begin();
        return new Turn(family, ++_turns);
    }
}
