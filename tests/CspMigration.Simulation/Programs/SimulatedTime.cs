using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Simulation.Programs;

/// <summary>
/// A clock for work that is done by one thread. Whoever sets a timer to wait for it has nothing else to do: time moves on to it
/// at once, and the wait is over when it begins. A timer that only limits something (a <see cref="CancellationTokenSource"/>'s)
/// stays set, and fires when the clock passes it.
/// </summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private readonly List<Timer> _limits = [];
    private long _elapsedTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Elapsed => new(_elapsedTicks);

    /// <summary>How much of it someone has waited.</summary>
    public TimeSpan Waited { get; private set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => _elapsedTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, and fires the limits it passes.</summary>
    public void Advance(TimeSpan by)
    {
        var target = _elapsedTicks + by.Ticks;
        while (Next(target) is { } limit)
        {
            _ = _limits.Remove(limit);
            _elapsedTicks = Math.Max(_elapsedTicks, limit.DueTicks);
            limit.Fire();
        }

        _elapsedTicks = Math.Max(_elapsedTicks, target);
    }

    private Timer? Next(long untilTicks)
    {
        Timer? next = null;
        foreach (var limit in _limits)
        {
            next = limit.DueTicks <= untilTicks && (next is null || limit.DueTicks < next.DueTicks) ? limit : next;
        }

        return next;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        public long DueTicks { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _ = time._limits.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            if (state is CancellationTokenSource)
            {
                DueTicks = time._elapsedTicks + dueTime.Ticks;
                time._limits.Add(this);
                return true;
            }

            time.Advance(dueTime);
            time.Waited += dueTime;
            Fire();
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => time._limits.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
