using System;
using System.Collections.Generic;
using System.Diagnostics;
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
/// the code under test has come to rest: no timer set, changed or disposed since the last look, no thread of the pool at
/// work, and no one <see cref="Busy"/>. Then it jumps to the next timer that falls due and fires it there. Where the pool
/// does not rest (a test beside this one computes, or blocks a thread), rest cannot be told for certain, and the clock is
/// the more patient the more a mistake would spoil: for a pause some quiet looks are enough; a time limit (the timer of a
/// cancellation, or one set for a minute or more) takes many looks in which the whole process does next to nothing. A
/// loaded machine stretches the looks along with the work. What the clock cannot see, such as work on a socket or in
/// another process, has to be <see cref="Busy"/>; a mistaken rest then only ends a wait early in relation to other work.
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
        var rest = Rest.Begin(activity: -1);
        while (WaitForTimer(out var activity))
        {
            if (activity != rest.Activity)
            {
                rest = Rest.Begin(activity);
            }

            if (_closing.WaitOne(Look))
            {
                return;
            }

            lock (_gate)
            {
                if (_activity != rest.Activity || _busy > 0 || _pending.Min is not { } next || !rest.IsCertainEnough(isLimit: next.IsLimit))
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

    /// <summary>A time in which nothing was heard of the code under test, and whether it shows that there is nothing to hear.</summary>
    private sealed class Rest
    {
        private const int SomeLooks = 2;
        private const int ManyLooks = 25;
        private const int AllLooks = 250;
        private const double IdleShare = 0.1;

        private readonly long _since = Stopwatch.GetTimestamp();
        private readonly TimeSpan _processorTime = Environment.CpuUsage.TotalTime;
        private int _looks;
        private int _poolPassed;

        private Rest(long activity) => Activity = activity;

        public long Activity { get; }

        public static Rest Begin(long activity)
        {
            var rest = new Rest(activity);

            // When this has run, what waited in the thread pool before it has run too.
            _ = ThreadPool.UnsafeQueueUserWorkItem(static rest => Volatile.Write(ref rest._poolPassed, 1), rest, preferLocal: false);
            return rest;
        }

        public bool IsCertainEnough(bool isLimit)
        {
            if (Volatile.Read(ref _poolPassed) == 0)
            {
                return false;
            }

            _looks++;
            return isLimit
                ? (_looks >= ManyLooks && IsProcessIdle()) || _looks >= AllLooks
                : IsPoolIdle() || _looks >= SomeLooks;
        }

        private static bool IsPoolIdle()
        {
            ThreadPool.GetMaxThreads(out var all, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            return free == all && ThreadPool.PendingWorkItemCount == 0;
        }

        private bool IsProcessIdle()
        {
            return Environment.CpuUsage.TotalTime - _processorTime < Stopwatch.GetElapsedTime(_since) * IdleShare;
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

        /// <summary>Whether it ends work that takes too long, rather than a pause that someone waits for.</summary>
        public bool IsLimit => state is CancellationTokenSource || Length >= LongTimer;

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
