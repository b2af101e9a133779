using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

public sealed class AnswerTests : IDisposable
{
    private readonly VirtualTime _clock = VirtualTime.Automatic();

    private static ServiceRequest Get => ServiceRequest.Get(ServiceRoute.Of($"customers"));

    private static ServiceRequest Post => ServiceRequest.Post(ServiceRoute.Of($"customers"), new JObject(), Guid.NewGuid());

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task An_answer_is_put_together_from_its_pieces()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Chunked("\uFEFF{\"na", "me\":\"Zo", "ë\",\"list\":[1,", "2]}"));
        using var service = new ScriptedService(_clock, handler);

        var reply = await service.SendAsync(Get);

        Assert.Equal("Zoë", (string?)reply.Body!["name"]);
        Assert.Equal([1, 2], reply.Body!["list"]!.Select(item => (int)item));
    }

    [Theory]
    [InlineData(202)]
    [InlineData(204)]
    public async Task Acceptance_and_deletion_need_no_body(int status)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(status));
        using var service = new ScriptedService(_clock, handler);

        var reply = await service.SendAsync(Post);

        Assert.Equal(status, reply.Status);
        Assert.Null(reply.Body);
    }

    [Fact]
    public async Task Unreadable_answers_to_a_reading_are_asked_for_again()
    {
        var handler = new ScriptedHandler(
            _clock,
            ScriptedAnswer.Empty(200),
            ScriptedAnswer.Text("<html><body>Sign in</body></html>", "text/html"),
            ScriptedAnswer.Json("{\"id\":\"1\",\"items\":["),
            ScriptedAnswer.Truncated("{\"id\":\"1\""),
            ScriptedAnswer.Json("{\"id\":\"1\"}"));
        using var service = new ScriptedService(_clock, handler);

        var reply = await service.SendAsync(Get);

        Assert.Equal("1", (string?)reply.Body!["id"]);
        Assert.Equal(5, handler.Requests.Count);
    }

    [Theory]
    [InlineData("", "an empty answer")]
    [InlineData("<html></html>", "an answer that is not JSON")]
    [InlineData("{\"id\":\"1\",", "an answer that is not JSON")]
    public async Task An_unreadable_answer_to_a_purchase_leaves_its_outcome_unknown(string body, string reason)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(body, 201).With("MS-CorrelationId", "corr-1"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.True(e.OutcomeUnknown);
        Assert.Equal(201, e.StatusCode);
        Assert.Equal("corr-1", e.CorrelationId);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task An_answer_that_stays_unreadable_is_an_unexpected_answer()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Text("<html></html>", "text/html"));
        using var service = new ScriptedService(_clock, handler) { Budget = TimeSpan.FromSeconds(10) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.False(e.OutcomeUnknown);
        Assert.DoesNotContain("html", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_beyond_all_measure_is_not_read_to_its_end()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Blank(long.MaxValue));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Contains("more than 64 MB", e.Message, StringComparison.Ordinal);
        Assert.True(e.OutcomeUnknown);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed(int status)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(status).With("Location", "https://evil.example/v1/customers"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Equal(status, e.StatusCode);
        Assert.Equal(["partner.example"], handler.Requests.Select(request => request.Uri.Host));
    }

    [Fact]
    public async Task A_failure_in_HTML_is_told_without_the_HTML()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Text("<html><h1>502 Bad Gateway</h1></html>", "text/html", 502));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        Assert.Equal("ServiceUnavailable", e.ErrorId);
        Assert.Null(e.ServiceDescription);
        Assert.DoesNotContain("<", e.Message, StringComparison.Ordinal);
    }
}
