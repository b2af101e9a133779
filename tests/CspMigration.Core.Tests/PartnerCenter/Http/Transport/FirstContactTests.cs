using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

/// <summary>A service that has never answered gets seconds, and says why; one that has gets the patience of a call.</summary>
public sealed class FirstContactTests : IDisposable
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20);

    private readonly VirtualTime _clock = VirtualTime.Automatic();

    private static ServiceRequest Get => ServiceRequest.Get(ServiceRoute.Of($"profiles/legalbusiness"));

    public void Dispose() => _clock.Dispose();

    [Theory]
    [InlineData("name", "the name partner.example does not resolve")]
    [InlineData("port", "partner.example:443 refuses connections")]
    [InlineData("tls", "no secure connection to partner.example:443")]
    public async Task An_address_that_cannot_work_fails_at_once_with_the_reason_and_what_to_check(string obstacle, string reason)
    {
        var handler = new ScriptedHandler(_clock, _ => Fails(obstacle));
        using var service = Service(handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Contains("-Endpoint", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("proxy", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("nameServer")]
    public async Task What_may_be_a_moments_trouble_is_tried_again_for_seconds(string obstacle)
    {
        var handler = new ScriptedHandler(_clock, _ => Fails(obstacle));
        using var service = Service(handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.InRange(handler.Requests.Count, 2, 10);
        Assert.True(_clock.Elapsed < Seconds, $"It took {_clock.Elapsed}.");
    }

    [Fact]
    public async Task A_page_that_is_not_the_services_is_given_up_in_seconds()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Text("<html>Sign in to this network</html>", "text/html"));
        using var service = Service(handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.True(_clock.Elapsed < Seconds, $"It took {_clock.Elapsed}.");
    }

    [Fact]
    public async Task Silence_is_given_up_in_seconds()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.StallsForever());
        using var service = Service(handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("RequestTimeout", e.ErrorId);
        Assert.Contains("no answer within 20 s", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Endpoint", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Seconds, _clock.Elapsed);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_service_that_says_it_cannot_now_has_answered_and_is_waited_for(int status)
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Empty(status));
        using var service = Service(handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.DoesNotContain("-Endpoint", e.RecommendedAction, StringComparison.Ordinal);
        Assert.True(_clock.Elapsed > TimeSpan.FromMinutes(9), $"It took {_clock.Elapsed}.");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("port")]
    [InlineData("tls")]
    [InlineData("cut")]
    public async Task A_service_that_has_answered_is_waited_for_whatever_stands_in_the_way_later(string obstacle)
    {
        var calls = 0;
        var handler = new ScriptedHandler(_clock, _ => ++calls is 1 or > 8 ? ScriptedAnswer.Json("{}") : Fails(obstacle));
        using var service = Service(handler);
        _ = await service.SendAsync(Get);

        var reply = await service.SendAsync(Get);

        Assert.Equal(200, reply.Status);
        Assert.True(_clock.Elapsed > Seconds, $"It took {_clock.Elapsed}.");
        Assert.All(service.Observer.Waits, wait => Assert.Equal("service not available", wait.Reason));
        Assert.Equal(7, service.Observer.Waits.Count);
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        var handler = new ScriptedHandler(
            _clock, new[] { ScriptedAnswer.Json("""{"code":"3000","description":"No."}""", 400) }.Concat(Enumerable.Repeat(Fails("port"), 6)).Append(ScriptedAnswer.Json("{}")).ToArray());
        using var service = Service(handler);
        _ = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal(200, (await service.SendAsync(Get)).Status);
    }

    private ScriptedService Service(ScriptedHandler handler) => new(_clock, handler) { HasAnswered = false };

    private static ScriptedAnswer Fails(string obstacle)
    {
        return ScriptedAnswer.Throws(() => new HttpRequestException("An error occurred while sending the request.", obstacle switch
        {
            "name" => new SocketException((int)SocketError.HostNotFound),
            "nameServer" => new SocketException((int)SocketError.TryAgain),
            "port" => new SocketException((int)SocketError.ConnectionRefused),
            "tls" => new AuthenticationException("The remote certificate is invalid."),
            _ => new IOException("The wire is cut."),
        }));
    }
}
