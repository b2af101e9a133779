using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

/// <summary>Calls that end without an answer: in time, or because the user gives up.</summary>
public sealed class EndingTests
{
    private static ServiceRequest Get => ServiceRequest.Get(ServiceRoute.Of($"customers"));

    private static ServiceRequest Post => ServiceRequest.Post(ServiceRoute.Of($"customers"), new JObject(), Guid.NewGuid());

    [Fact]
    public async Task A_purchase_that_is_not_answered_in_time_is_a_request_timeout_of_unknown_outcome()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.StallsForever());
        using var service = new ScriptedService(clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("RequestTimeout", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
        Assert.Contains("no answer within 100 s", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cancel", e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TimeSpan.FromSeconds(100), clock.Elapsed);
    }

    [Fact]
    public async Task An_answer_that_stops_half_way_is_a_request_timeout()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.StallsAfter("{\"id\":"));
        using var service = new ScriptedService(clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("RequestTimeout", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
    }

    [Fact]
    public async Task A_reading_that_is_not_answered_in_time_is_sent_again()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.StallsForever(), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(clock, handler);

        var reply = await service.SendAsync(Get);

        Assert.Equal(200, reply.Status);
        Assert.Equal(TimeSpan.FromSeconds(100.5), clock.Elapsed);
    }

    [Fact]
    public async Task A_reading_that_is_never_answered_is_given_up_as_a_request_timeout()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, _ => ScriptedAnswer.StallsForever());
        using var service = new ScriptedService(clock, handler) { Budget = TimeSpan.FromMinutes(3) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("RequestTimeout", e.ErrorId);
        Assert.False(e.OutcomeUnknown);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_who_gives_up_is_obeyed_while_an_answer_is_awaited(bool hasBegun)
    {
        using var clock = VirtualTime.Manual();
        var handler = new ScriptedHandler(clock, hasBegun ? ScriptedAnswer.StallsAfter("{") : ScriptedAnswer.StallsForever());
        using var service = new ScriptedService(clock, handler);
        using var user = new CancellationTokenSource();

        var call = service.SendAsync(Get, user.Token);
        await user.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_user_who_gives_up_is_obeyed_during_a_pause()
    {
        using var clock = VirtualTime.Manual();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.Empty(429).With("Retry-After", "300"));
        using var service = new ScriptedService(clock, handler);
        using var user = new CancellationTokenSource();

        var call = service.SendAsync(Get, user.Token);
        await user.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_user_who_gave_up_before_has_nothing_sent()
    {
        using var clock = VirtualTime.Manual();
        var handler = new ScriptedHandler(clock);
        using var service = new ScriptedService(clock, handler);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.SendAsync(Post, new CancellationToken(canceled: true)));

        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_user_who_gives_up_is_obeyed_when_the_connection_breaks_over_it()
    {
        using var clock = VirtualTime.Manual();
        using var user = new CancellationTokenSource();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.Throws(() =>
        {
            user.Cancel();
            return new HttpRequestException("The request was aborted.");
        }));
        using var service = new ScriptedService(clock, handler);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.SendAsync(Get, user.Token));
    }

    [Fact]
    public async Task A_connection_given_up_by_nobody_here_is_a_broken_one()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(
            clock, ScriptedAnswer.Throws(() => new TaskCanceledException()), ScriptedAnswer.Json("{}"), ScriptedAnswer.Throws(() => new TaskCanceledException()));
        using var service = new ScriptedService(clock, handler);

        Assert.Equal(200, (await service.SendAsync(Get)).Status);
        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
        Assert.DoesNotContain("cancel", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_time_limit_that_breaks_the_connection_is_a_request_timeout_all_the_same()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.BreaksWhenGivenUp());
        using var service = new ScriptedService(clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("RequestTimeout", e.ErrorId);
    }
}
