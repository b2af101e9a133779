using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.TestSupport;

/// <summary>
/// A clock for tests of code that waits: no wait costs real time.
/// <para>
/// A manual clock stands still; <see cref="Advance"/> moves it and fires what falls due, in order, each timer at its own
/// moment.
/// </para>
/// <para>
/// An automatic clock moves by itself. While timers are pending, a thread of its own looks once a millisecond whether
/// the code under test has come to rest: no timer set, changed or disposed since the last look, nothing left in the
/// thread pool from before it, and nobody <see cref="Busy"/>. Then it jumps to the next timer that falls due and fires
/// it there. Rest cannot be told for certain, so the clock is the more patient the more a mistake would spoil: one quiet
/// look is enough for a pause, but not for a timer set for a minute or more, which is a time limit. A loaded machine
/// stretches the looks along with the work. What the clock cannot see, such as work on a socket or in another process,
/// has to be <see cref="Busy"/>; a mistaken rest then only ends a wait early in relation to other work.
/// </para>
/// </summary>
public sealed class VirtualTime : TimeProvider, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongTimer = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly SortedSet<Timer> _pending = new(Comparer<Timer>.Create(ByDueTime));
    private readonly DateTimeOffset _start;
    private readonly ManualResetEvent _closing = new(initialState: false);
    private readonly Thread? _pump;
    private long _elapsedTicks;
    private long _timersSet;
    private long _activity;
    private int _busy;
    private bool _isClosed;

    private VirtualTime(DateTimeOffset? start, bool isAutomatic)
    {
        _start = start ?? new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);
        if (isAutomatic)
        {
            _pump = new Thread(Run) { IsBackground = true, Name = nameof(VirtualTime) };
            _pump.Start();
        }
    }

    /// <summary>How much virtual time has passed.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _elapsedTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>A clock that moves only when told.</summary>
    /// <param name="start">The first moment; null for one that does not matter.</param>
    public static VirtualTime Manual(DateTimeOffset? start = null) => new(start, isAutomatic: false);

    /// <summary>A clock that jumps to the next timer whenever the code under test has come to rest.</summary>
    /// <param name="start">The first moment; null for one that does not matter.</param>
    public static VirtualTime Automatic(DateTimeOffset? start = null) => new(start, isAutomatic: true);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsedTicks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Work goes on that no timer shows: the clock does not jump before this is disposed of. Do not wait on the clock meanwhile.</summary>
    public IDisposable Busy()
    {
        lock (_gate)
        {
            _busy++;
            _activity++;
        }

        return new BusyMark(this);
    }

    /// <summary>Moves the clock on and fires what falls due on the way, on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Interlocked.Read(ref _elapsedTicks) + by.Ticks;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo(target);
        }
    }

    /// <summary>Ends an automatic clock's thread. Pending timers never fire.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _ = _closing.Set();
            _pending.Clear();
            Monitor.PulseAll(_gate);
        }

        _pump?.Join();
        _closing.Dispose();
    }

    private static int ByDueTime(Timer one, Timer other)
    {
        return one.DueTicks != other.DueTicks ? one.DueTicks.CompareTo(other.DueTicks) : one.Number.CompareTo(other.Number);
    }

    private void Run()
    {
        var seen = -1L;
        var quietLooks = 0;
        var fence = new Fence();
        while (WaitForTimer(out var activity))
        {
            if (activity != seen)
            {
                seen = activity;
                quietLooks = 0;
                fence = Fence.Queue();
            }

            var poolWork = ThreadPool.CompletedWorkItemCount;
            if (_closing.WaitOne(Look))
            {
                return;
            }

            var poolIdles = ThreadPool.PendingWorkItemCount == 0 && ThreadPool.CompletedWorkItemCount == poolWork;
            lock (_gate)
            {
                if (_activity != seen || _busy > 0 || !fence.IsPassed || _pending.Min is not { } next)
                {
                    continue;
                }

                quietLooks++;
                if (quietLooks < LooksBefore(next, poolIdles))
                {
                    continue;
                }

                MoveTo(next.DueTicks);
                while (TakeDue(_elapsedTicks) is { } due)
                {
                    due.FireOnPool();
                }
            }
        }
    }

    private bool WaitForTimer(out long activity)
    {
        lock (_gate)
        {
            while (!_isClosed)
            {
                if (_pending.Count > 0 && _busy == 0)
                {
                    activity = _activity;
                    return true;
                }

                _ = Monitor.Wait(_gate);
            }

            activity = _activity;
            return false;
        }
    }

    private static int LooksBefore(Timer timer, bool poolIdles)
    {
        return timer.Length < LongTimer ? 1 : poolIdles ? 25 : 100;
    }

    private Timer? TakeDue(long untilTicks)
    {
        lock (_gate)
        {
            if (_pending.Min is not { } timer || timer.DueTicks > untilTicks)
            {
                return null;
            }

            _ = _pending.Remove(timer);
            MoveTo(timer.DueTicks);
            if (timer.Period > TimeSpan.Zero)
            {
                Add(timer, timer.Period);
            }

            _activity++;
            return timer;
        }
    }

    private void MoveTo(long ticks)
    {
        if (ticks > _elapsedTicks)
        {
            _ = Interlocked.Exchange(ref _elapsedTicks, ticks);
        }
    }

    private bool Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed || _isClosed)
            {
                return false;
            }

            _ = _pending.Remove(timer);
            _activity++;
            timer.Period = period;
            if (dueTime > TimeSpan.Zero)
            {
                timer.Length = dueTime;
                Add(timer, dueTime);
            }
            else if (dueTime == TimeSpan.Zero)
            {
                timer.FireOnPool();
                if (period > TimeSpan.Zero)
                {
                    timer.Length = period;
                    Add(timer, period);
                }
            }

            return true;
        }
    }

    private void Add(Timer timer, TimeSpan wait)
    {
        timer.DueTicks = _elapsedTicks + wait.Ticks;
        timer.Number = ++_timersSet;
        _ = _pending.Add(timer);
        Monitor.PulseAll(_gate);
    }

    private void Remove(Timer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            if (_pending.Remove(timer))
            {
                _activity++;
            }
        }
    }

    private void EndBusy()
    {
        lock (_gate)
        {
            _busy--;
            _activity++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A piece of work for the thread pool: when it has run, what waited there before it has run too.</summary>
    private sealed class Fence
    {
        private int _passed;

        public bool IsPassed => Volatile.Read(ref _passed) != 0;

        public static Fence Queue()
        {
            var fence = new Fence();
            _ = ThreadPool.UnsafeQueueUserWorkItem(static passed => Volatile.Write(ref passed._passed, 1), fence, preferLocal: false);
            return fence;
        }
    }

    private sealed class BusyMark(VirtualTime time) : IDisposable
    {
        private VirtualTime? _time = time;

        public void Dispose() => Interlocked.Exchange(ref _time, null)?.EndBusy();
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public long DueTicks { get; set; }

        /// <summary>Orders timers that fall due together: the one set first fires first.</summary>
        public long Number { get; set; }

        /// <summary>How long it was set for.</summary>
        public TimeSpan Length { get; set; }

        public TimeSpan Period { get; set; }

        public bool IsDisposed { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => time.Set(this, dueTime, period);

        public void Fire()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((Timer)timer!).Call(), this);
            }
        }

        public void FireOnPool() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }
}
