using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

public sealed class RepetitionTests : IDisposable
{
    private readonly VirtualTime _clock = VirtualTime.Automatic();

    private static ServiceRequest Get => ServiceRequest.Get(ServiceRoute.Of($"customers/{"c1"}"));

    private static ServiceRequest Patch => ServiceRequest.Patch(ServiceRoute.Of($"customers/{"c1"}"), new JObject());

    private static ServiceRequest Post => ServiceRequest.Post(ServiceRoute.Of($"customers/{"c1"}/orders"), new JObject(), Guid.NewGuid());

    private static ServiceRequest Request(string method) => method switch { "GET" => Get, "PATCH" => Patch, _ => Post };

    private static ScriptedAnswer CutConnection => ScriptedAnswer.Throws(() => new HttpRequestException("An error occurred.", new IOException("The wire is cut.")));

    public void Dispose() => _clock.Dispose();

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("POST")]
    public async Task A_throttled_call_waits_as_long_as_the_service_asks_and_says_so(string method)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(429).With("Retry-After", "57"), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        var reply = await service.SendAsync(Request(method));

        Assert.Equal(200, reply.Status);
        Assert.Equal(TimeSpan.FromSeconds(57), _clock.Elapsed);
        Assert.Equal([("throttled", TimeSpan.FromSeconds(57))], service.Observer.Waits);
        Assert.Equal(2, handler.Requests.Count);
        Assert.Single(handler.Requests.Select(request => request.Header("MS-RequestId")).Distinct());
    }

    [Fact]
    public async Task A_throttled_call_waits_until_the_date_the_service_names()
    {
        var until = _clock.GetUtcNow().AddSeconds(41).ToString("R", CultureInfo.InvariantCulture);
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(429).With("Retry-After", until), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(Get);

        Assert.Equal(TimeSpan.FromSeconds(41), _clock.Elapsed);
    }

    [Fact]
    public async Task A_throttled_call_that_is_not_told_how_long_backs_off()
    {
        var handler = new ScriptedHandler(
            _clock, ScriptedAnswer.Empty(429), ScriptedAnswer.Empty(429), ScriptedAnswer.Empty(429), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(Post);

        Assert.Equal([0.5, 1, 2], service.Observer.Waits.Select(wait => wait.Duration.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(3.5), _clock.Elapsed);
    }

    [Fact]
    public async Task A_call_told_to_wait_beyond_its_time_fails_at_once()
    {
        var handler = new ScriptedHandler(
            _clock, ScriptedAnswer.Json("""{"statusCode":429,"message":"Rate limit is exceeded."}""", 429).With("Retry-After", "601"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("Throttled", e.ErrorId);
        Assert.Equal("Rate limit is exceeded.", e.ServiceDescription);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Theory]
    [InlineData("GET", 408)]
    [InlineData("GET", 500)]
    [InlineData("GET", 502)]
    [InlineData("GET", 503)]
    [InlineData("GET", 504)]
    [InlineData("PATCH", 503)]
    public async Task A_failing_service_is_asked_again_where_that_is_safe(string method, int status)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(status), ScriptedAnswer.Text("<html/>", "text/html", status), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(Request(method));

        Assert.Equal(3, handler.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _clock.Elapsed);
        Assert.Equal(["service not available", "service not available"], service.Observer.Waits.Select(wait => wait.Reason));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task A_broken_connection_is_tried_again_where_that_is_safe(string method)
    {
        var handler = new ScriptedHandler(
            _clock,
            CutConnection,
            ScriptedAnswer.Truncated("{\"id\":"),
            ScriptedAnswer.Throws(() => new IOException("Reset.")),
            ScriptedAnswer.Throws(() => new InvalidDataException("The archive entry was compressed using an unsupported method.")),
            ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(Request(method));

        Assert.Equal(5, handler.Requests.Count);
    }

    [Fact]
    public async Task A_purchase_the_service_fails_at_is_not_sent_again_and_its_outcome_is_unknown()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""{"code":0,"description":"Oops."}""", 500));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
        Assert.Equal(500, e.StatusCode);
        Assert.Equal("Oops.", e.ServiceDescription);
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_purchase_that_timed_out_at_the_service_is_not_sent_again_and_its_outcome_is_unknown()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""{"code":900225,"description":"Timed out."}""", 408));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal(("RequestTimeout", true, 408), (e.ErrorId, e.OutcomeUnknown, e.StatusCode));
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_purchase_whose_connection_breaks_is_not_sent_again_and_its_outcome_is_unknown()
    {
        var handler = new ScriptedHandler(_clock, CutConnection);
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
        Assert.Null(e.StatusCode);
        Assert.Contains("The wire is cut.", e.Message, StringComparison.Ordinal);
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_purchase_refused_after_it_was_throttled_was_certainly_not_made()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(429), ScriptedAnswer.Json("""{"code":2091}""", 403));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("TargetNotOnSale", e.ErrorId);
        Assert.False(e.OutcomeUnknown);
    }

    [Fact]
    public async Task A_change_refused_after_an_unanswered_attempt_may_have_been_made()
    {
        var handler = new ScriptedHandler(_clock, CutConnection, ScriptedAnswer.Json("""{"code":2001}""", 400));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Patch));

        Assert.True(e.OutcomeUnknown);
        Assert.Equal("2001", e.ServiceCode);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(417)]
    public async Task A_refusal_is_final(int status)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""{"code":3000,"description":"No."}""", status).With("Retry-After", "1"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal(status, e.StatusCode);
        _ = Assert.Single(handler.Requests);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Fact]
    public async Task A_failing_service_waits_as_it_asks_for()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(503).With("Retry-After", "20"), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(Get);

        Assert.Equal(TimeSpan.FromSeconds(20), _clock.Elapsed);
    }

    [Fact]
    public async Task Repetition_ends_with_the_budget()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Empty(503));
        using var service = new ScriptedService(_clock, handler) { Budget = TimeSpan.FromMinutes(2) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        // 0.5, 1, 2, 4, 8, 16 and then 30 seconds each: the third of these would end after 121.5 seconds.
        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Equal(TimeSpan.FromSeconds(91.5), _clock.Elapsed);
        Assert.Equal(9, handler.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_throttles_for_ever_is_given_up_as_throttled()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Empty(429).With("Retry-After", "50"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("Throttled", e.ErrorId);
        Assert.False(e.OutcomeUnknown);
        Assert.Equal(TimeSpan.FromMinutes(10), _clock.Elapsed);
        Assert.Equal(13, handler.Requests.Count);
    }

    [Theory]
    [InlineData(429, "0")]
    [InlineData(429, "Thu, 01 Jan 2026 00:00:00 GMT")]
    [InlineData(503, "0")]
    public async Task A_service_that_says_to_come_back_at_once_is_not_besieged(int status, string retryAfter)
    {
        var count = 0;
        var handler = new ScriptedHandler(_clock, _ => ++count <= 100
            ? ScriptedAnswer.Empty(status).With("Retry-After", retryAfter)
            : throw new InvalidOperationException("It was asked too often."));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        // 31.5 seconds until the back-off is at its longest, then half a minute each.
        Assert.Equal(status, e.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(31.5 + (18 * 30)), _clock.Elapsed);
    }

    [Fact]
    public async Task However_calls_end_they_leave_room_for_the_next()
    {
        var answers = new[]
        {
            ScriptedAnswer.Empty(400), ScriptedAnswer.Throws(() => new HttpRequestException("Cut.")), ScriptedAnswer.Truncated("{"), ScriptedAnswer.Empty(500),
        };
        var count = 0;
        var handler = new ScriptedHandler(_clock, _ => count < 200 ? answers[count++ % answers.Length] : ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        for (var i = 0; i < 200; i++)
        {
            _ = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));
        }

        Assert.Equal(200, (await service.SendAsync(Get)).Status);
    }
}
