using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Pacing;

public sealed class RequestPacerTests
{
    private const int Places = ConcurrencyLimit.First;
    private const string Customer = "c1";

    private readonly RecordingObserver _observer = new();

    [Fact]
    public void A_pause_holds_all_callers_of_its_family_and_nobody_else()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(27));

        var orders = Enter(pacer, RequestFamily.Orders, count: 3);
        var others = Enter(pacer, RequestFamily.Subscriptions, count: 2).Concat(Enter(pacer, RequestFamily.Customers, count: 2));

        Assert.All(orders, call => Assert.False(call.IsCompleted));
        Assert.All(others, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(Enumerable.Repeat(("throttled", TimeSpan.FromSeconds(27)), 3), _observer.Waits);
    }

    [Fact]
    public async Task Held_callers_go_on_when_the_pause_is_over_and_not_before()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(27));
        var calls = Enter(pacer, RequestFamily.Orders, count: 3);

        clock.Advance(TimeSpan.FromSeconds(26.9));
        Assert.All(calls, call => Assert.False(call.IsCompleted));

        clock.Advance(TimeSpan.FromSeconds(0.1));
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_longer_pause_counts_and_a_shorter_one_does_not_shorten_it()
    {
        using var clock = VirtualTime.Automatic();
        using var pacer = new RequestPacer(clock);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(20));
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(40));
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(5));

        await pacer.EnterAsync(RequestFamily.Orders, Customer, _observer, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(40), clock.Elapsed);
    }

    [Fact]
    public async Task A_pause_made_longer_holds_those_who_wait_already()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(20));
        var call = pacer.EnterAsync(RequestFamily.Orders, Customer, _observer, CancellationToken.None);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(40));

        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.False(call.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await call;
    }

    [Fact]
    public async Task Places_limit_how_many_call_at_once()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var calls = Enter(pacer, RequestFamily.Customers, count: Places);
        var next = pacer.EnterAsync(RequestFamily.Subscriptions, Customer, _observer, CancellationToken.None);

        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.False(next.IsCompleted);

        pacer.Leave(await calls[0], AttemptOutcome.Answered);
        await next;
    }

    [Fact]
    public async Task A_caller_who_gets_a_place_during_a_pause_waits_for_its_end()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var calls = Enter(pacer, RequestFamily.Customers, count: Places);
        var order = pacer.EnterAsync(RequestFamily.Orders, Customer, _observer, CancellationToken.None);
        var customer = pacer.EnterAsync(RequestFamily.Customers, Customer, _observer, CancellationToken.None);

        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(27));
        pacer.Leave(await calls[0], AttemptOutcome.Answered);
        pacer.Leave(await calls[1], AttemptOutcome.Answered);
        await customer;

        Assert.False(order.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(27));
        await order;
    }

    [Fact]
    public async Task A_held_caller_takes_no_place_and_can_give_up()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        using var user = new CancellationTokenSource();
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(27));
        var held = Enumerable.Range(0, Places).Select(_ => pacer.EnterAsync(RequestFamily.Orders, Customer, _observer, user.Token)).ToList();

        Assert.All(Enter(pacer, RequestFamily.Customers, count: Places), call => Assert.True(call.IsCompletedSuccessfully));

        await user.CancelAsync();
        foreach (var call in held)
        {
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
    }

    [Fact]
    public async Task A_caller_who_waits_for_a_place_can_give_up_and_costs_none()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        using var user = new CancellationTokenSource();
        var calls = Enter(pacer, RequestFamily.Customers, count: Places);
        var given = pacer.EnterAsync(RequestFamily.Customers, Customer, _observer, user.Token);

        await user.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        pacer.Leave(await calls[0], AttemptOutcome.Answered);
        await pacer.EnterAsync(RequestFamily.Customers, Customer, _observer, CancellationToken.None);
    }

    [Fact]
    public async Task One_throttled_call_makes_the_others_of_its_family_wait()
    {
        using var clock = VirtualTime.Automatic();
        var isFirst = true;
        var handler = new ScriptedHandler(clock, _ =>
        {
            var answer = isFirst ? ScriptedAnswer.Empty(429).With("Retry-After", "30") : ScriptedAnswer.Json("{}");
            isFirst = false;
            return answer;
        });
        using var service = new ScriptedService(clock, handler);

        var calls = new List<Task>();
        using (clock.Busy())
        {
            calls.Add(service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers/{"c1"}/orders"))));
            calls.Add(service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers/{"c2"}/orders"))));
            calls.Add(service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers/{"c1"}/subscriptions"))));
        }

        await Task.WhenAll(calls);

        Assert.Equal(TimeSpan.FromSeconds(30), clock.Elapsed);
        Assert.Equal(
            ["/v1/customers/c1/orders", "/v1/customers/c1/subscriptions"], handler.Requests.Take(2).Select(request => request.Uri.AbsolutePath));
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task Customers_are_served_in_turn()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var first = Enter(pacer, RequestFamily.Customers, count: Places);
        var large = Enumerable.Range(0, 10).Select(_ => pacer.EnterAsync(RequestFamily.Customers, "large", _observer, CancellationToken.None)).ToList();
        var small = pacer.EnterAsync(RequestFamily.Customers, "small", _observer, CancellationToken.None);

        pacer.Leave(await first[0], AttemptOutcome.Answered);
        pacer.Leave(await first[1], AttemptOutcome.Answered);

        _ = await large[0];
        _ = await small;
        Assert.All(large.Skip(1), call => Assert.False(call.IsCompleted));
    }

    [Fact]
    public async Task A_family_that_has_to_wait_does_not_hold_up_another()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var first = Enter(pacer, RequestFamily.Customers, count: Places);
        var orders = Enter(pacer, RequestFamily.Orders, count: 3);
        var subscription = pacer.EnterAsync(RequestFamily.Subscriptions, Customer, _observer, CancellationToken.None);
        pacer.Pause(RequestFamily.Orders, TimeSpan.FromSeconds(27));

        pacer.Leave(await first[0], AttemptOutcome.Answered);

        _ = await subscription;
        Assert.All(orders, call => Assert.False(call.IsCompleted));
    }

    [Fact]
    public async Task Calls_that_were_under_way_together_halve_the_places_once()
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        foreach (var call in Enter(pacer, RequestFamily.Customers, count: 10))
        {
            pacer.Leave(await call, AttemptOutcome.Throttled);
        }

        Assert.Equal(Places / 2, pacer.Places);

        pacer.Leave(await pacer.EnterAsync(RequestFamily.Orders, Customer, _observer, CancellationToken.None), AttemptOutcome.Throttled);
        Assert.Equal(Places / 4, pacer.Places);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task There_are_more_places_in_time_only_where_calls_wait_for_one(bool isAwaited)
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var underWay = new Queue<Task<Turn>>(Enter(pacer, RequestFamily.Customers, count: Places + (isAwaited ? 1 : 0)));

        for (var call = 0; call < 10_000; call++)
        {
            pacer.Leave(await underWay.Dequeue(), AttemptOutcome.Answered);
            underWay.Enqueue(Enter(pacer, RequestFamily.Customers, count: 1).Single());
        }

        Assert.Equal(isAwaited ? Places + 1 : Places, pacer.Places);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(3000)]
    [InlineData(120)]
    public void A_limited_service_is_used_to_the_full_and_rarely_asked_in_vain(int limit)
    {
        using var clock = VirtualTime.Manual();
        using var pacer = new RequestPacer(clock);
        var service = new LimitedService(clock, limit);
        var callers = Enumerable.Range(0, 64).Select(_ => new Caller(clock, pacer, service, () => Enter(pacer, RequestFamily.Subscriptions, count: 1).Single())).ToList();

        while (service.Accepted < limit * 12)
        {
            callers.ForEach(caller => caller.Continue());
            clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        var permitted = limit * (1 + clock.Elapsed.TotalMinutes);
        Assert.InRange(service.Accepted / permitted, 0.95, 1.0);
        Assert.InRange((double)service.Refused / service.Accepted, 0, limit >= 500 ? 0.02 : 0.1);
    }

    private List<Task<Turn>> Enter(RequestPacer pacer, RequestFamily family, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => pacer.EnterAsync(family, Customer, _observer, CancellationToken.None))];
    }

    /// <summary>Calls the service again and again; each call is answered after 20 ms.</summary>
    private sealed class Caller(VirtualTime clock, RequestPacer pacer, LimitedService service, Func<Task<Turn>> enter)
    {
        private Task<Turn> _turn = enter();
        private TimeSpan? _answered;

        public void Continue()
        {
            if (!_turn.IsCompletedSuccessfully)
            {
                return;
            }

            _answered ??= clock.Elapsed + TimeSpan.FromMilliseconds(20);
            if (clock.Elapsed < _answered)
            {
                return;
            }

            var pause = service.Ask();
            if (pause is { } duration)
            {
                pacer.Pause(RequestFamily.Subscriptions, duration);
            }

            pacer.Leave(_turn.Result, pause is null ? AttemptOutcome.Answered : AttemptOutcome.Throttled);
            _answered = null;
            _turn = enter();
        }
    }

    /// <summary>So many calls in any minute; another is told to wait until there is room.</summary>
    private sealed class LimitedService(TimeProvider clock, int limit)
    {
        private readonly Queue<DateTimeOffset> _taken = new();

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public TimeSpan? Ask()
        {
            var now = clock.GetUtcNow();
            while (_taken.Count > 0 && now - _taken.Peek() >= TimeSpan.FromMinutes(1))
            {
                _ = _taken.Dequeue();
            }

            if (_taken.Count >= limit)
            {
                Refused++;
                return TimeSpan.FromSeconds(Math.Ceiling((_taken.Peek() + TimeSpan.FromMinutes(1) - now).TotalSeconds));
            }

            _taken.Enqueue(now);
            Accepted++;
            return null;
        }
    }
}
