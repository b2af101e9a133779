using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Support;

public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_manual_clock_stands_still_until_it_is_advanced()
    {
        using var clock = VirtualTime.Manual(Start);
        var wait = Task.Delay(TimeSpan.FromSeconds(1), clock);

        Assert.Equal(Start, clock.GetUtcNow());
        Assert.False(wait.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Equal(Start.AddSeconds(1), clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_each_at_its_own_moment()
    {
        using var clock = VirtualTime.Manual(Start);
        var fired = new List<(int Timer, TimeSpan At)>();
        int[] secondsAhead = [30, 10, 20, 10];
        var timers = secondsAhead.Select((seconds, number) => clock.CreateTimer(
            _ => fired.Add((number, clock.Elapsed)), state: null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan)).ToList();

        clock.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal([(1, TimeSpan.FromSeconds(10)), (3, TimeSpan.FromSeconds(10)), (2, TimeSpan.FromSeconds(20))], fired);
        Assert.Equal(TimeSpan.FromSeconds(25), clock.Elapsed);
        timers.ForEach(timer => timer.Dispose());
    }

    [Fact]
    public void A_timer_set_while_the_clock_is_advanced_fires_on_the_same_way()
    {
        using var clock = VirtualTime.Manual();
        var reached = TimeSpan.Zero;
        using var first = clock.CreateTimer(
            _ => clock.CreateTimer(_ => reached = clock.Elapsed, state: null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan),
            state: null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(3), reached);
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_disposed_of()
    {
        using var clock = VirtualTime.Manual();
        var count = 0;
        var timer = clock.CreateTimer(_ => count++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

        clock.Advance(TimeSpan.FromSeconds(10));
        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4, count);
    }

    [Fact]
    public void A_changed_timer_forgets_its_former_due_time()
    {
        using var clock = VirtualTime.Manual();
        var firedAt = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => firedAt.Add(clock.Elapsed), state: null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        Assert.True(timer.Change(TimeSpan.FromSeconds(8), Timeout.InfiniteTimeSpan));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([TimeSpan.FromSeconds(8)], firedAt);
    }

    [Fact]
    public void A_timer_that_was_disposed_of_cannot_be_set_again()
    {
        using var clock = VirtualTime.Manual();
        var timer = clock.CreateTimer(_ => Assert.Fail("It fired."), state: null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        clock.Advance(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_timer_without_a_wait_fires_at_once()
    {
        using var clock = VirtualTime.Manual();
        var fired = new TaskCompletionSource();
        using var timer = clock.CreateTimer(_ => fired.SetResult(), state: null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;

        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public async Task An_automatic_clock_goes_through_thousands_of_waits_without_waiting()
    {
        using var clock = VirtualTime.Automatic();

        for (var i = 0; i < 1000; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), clock);
        }

        Assert.Equal(TimeSpan.FromSeconds(30_000), clock.Elapsed);
    }

    [Fact]
    public async Task An_automatic_clock_lets_parallel_waits_end_in_order()
    {
        using var clock = VirtualTime.Automatic();
        int[] minutes = [50, 20, 40, 10, 30];

        // All waits begin at the same moment, however slow the machine is.
        var busy = clock.Busy();
        var waits = minutes
            .Select(async minute =>
            {
                await Task.Delay(TimeSpan.FromMinutes(minute), clock);
                return clock.Elapsed;
            })
            .ToList();
        busy.Dispose();
        var ends = await Task.WhenAll(waits);

        Assert.Equal(minutes.Select(minute => TimeSpan.FromMinutes(minute)), ends);
    }

    [Fact]
    public async Task An_automatic_clock_stands_still_while_somebody_is_busy()
    {
        using var clock = VirtualTime.Automatic();
        using var other = VirtualTime.Automatic();
        var busy = clock.Busy();
        var wait = Task.Delay(TimeSpan.FromSeconds(1), clock);

        // The other clock shows that there was time enough to jump many times over.
        for (var i = 0; i < 50; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), other);
        }

        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        Assert.False(wait.IsCompleted);

        busy.Dispose();
        busy.Dispose();
        await wait;
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Elapsed);
    }

    [Fact]
    public async Task A_time_limit_does_not_end_work_that_sets_shorter_waits()
    {
        using var clock = VirtualTime.Automatic();
        using var limit = new CancellationTokenSource(TimeSpan.FromHours(1), clock);

        for (var i = 0; i < 100; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), clock, limit.Token);
        }

        Assert.False(limit.IsCancellationRequested);
    }

    [Fact]
    public async Task A_time_limit_fires_when_nothing_else_is_left_to_wait_for()
    {
        using var clock = VirtualTime.Automatic();
        using var limit = new CancellationTokenSource(TimeSpan.FromHours(1), clock);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, clock, limit.Token));

        Assert.Equal(TimeSpan.FromHours(1), clock.Elapsed);
    }

    [Fact]
    public void A_closed_clock_takes_no_timers_and_can_be_closed_again()
    {
        var clock = VirtualTime.Automatic();
        clock.Dispose();
        clock.Dispose();

        using var timer = clock.CreateTimer(_ => Assert.Fail("It fired."), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }
}
