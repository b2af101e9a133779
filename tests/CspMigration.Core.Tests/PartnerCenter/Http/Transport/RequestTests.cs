using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

public sealed class RequestTests : IDisposable
{
    private readonly VirtualTime _clock = VirtualTime.Automatic();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Every_call_says_who_calls_for_whom_and_in_which_language()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens("secret-token") };

        _ = await service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers/{"c1"}")));

        var request = Assert.Single(handler.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("https://partner.example/v1/customers/c1", request.Uri.AbsoluteUri);
        Assert.Equal("Bearer secret-token", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("v1", request.Header("MS-Contract-Version"));
        Assert.Equal("CspMigration", request.Header("MS-PartnerCenter-Application"));
        Assert.Matches(@"^CspMigration/\d+\.\d+\.\d+$", request.Header("MS-PartnerCenter-Client"));
        Assert.Equal("en-US", request.Header("X-Locale"));
        Assert.Equal(service.Call.CorrelationId.ToString(), request.Header("MS-CorrelationId"));
        Assert.True(Guid.TryParse(request.Header("MS-RequestId"), out _));
        Assert.Null(request.Header("If-Match"));
        Assert.Null(request.Body);
    }

    [Fact]
    public async Task A_change_carries_its_body_as_JSON()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}"), ScriptedAnswer.Json("{}", 201), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);
        var route = ServiceRoute.Of($"customers/{"c1"}");

        _ = await service.SendAsync(ServiceRequest.Patch(route, new JObject { ["name"] = "Zoë", ["price"] = 1.50m }));
        _ = await service.SendAsync(ServiceRequest.Post(route, new JArray(1), Guid.NewGuid()));
        _ = await service.SendAsync(ServiceRequest.Post(route, body: null, Guid.NewGuid()));

        Assert.Equal(["PATCH", "POST", "POST"], handler.Requests.Select(request => request.Method));
        Assert.Equal(["{\"name\":\"Zoë\",\"price\":1.50}", "[1]", ""], handler.Requests.Select(request => request.Body));
        Assert.All(handler.Requests, request => Assert.StartsWith("application/json", request.Header("Content-Type"), StringComparison.Ordinal));

        // Left to itself, .NET Framework asks for leave first and waits up to 350 ms for it.
        Assert.All(handler.Requests, request => Assert.False(request.ExpectContinue));
    }

    [Fact]
    public async Task The_request_id_stays_over_the_attempts_of_a_call_and_is_new_for_the_next()
    {
        var handler = new ScriptedHandler(
            _clock, ScriptedAnswer.Empty(503), ScriptedAnswer.Empty(429), ScriptedAnswer.Json("{}"), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers")));
        _ = await service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers")));

        var ids = handler.Requests.Select(request => request.Header("MS-RequestId")).ToList();
        Assert.Equal(4, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[0], ids[2]);
        Assert.NotEqual(ids[0], ids[3]);
        Assert.Single(handler.Requests.Select(request => request.Header("MS-CorrelationId")).Distinct());
    }

    [Fact]
    public async Task A_purchase_is_sent_under_the_key_its_caller_chose()
    {
        var key = Guid.NewGuid();
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}", 201));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(ServiceRequest.Post(ServiceRoute.Of($"customers"), new JObject(), key));

        Assert.Equal(key.ToString(), handler.Requests[0].Header("MS-RequestId"));
    }

    [Theory]
    [InlineData("eyJ2IjoxfQ==", "\"eyJ2IjoxfQ==\"")]
    [InlineData("\"eyJ2IjoxfQ==\"", "\"eyJ2IjoxfQ==\"")]
    [InlineData("W/\"eyJ2IjoxfQ==\"", "W/\"eyJ2IjoxfQ==\"")]
    public async Task An_entity_tag_is_sent_in_quotes(string tag, string header)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(ServiceRequest.PatchWhole(ServiceRoute.Of($"customers"), new JObject(), tag));

        Assert.Equal(header, handler.Requests[0].Header("If-Match"));
    }

    [Theory]
    [InlineData("https://partner.example", "https://partner.example/v1/customers")]
    [InlineData("https://partner.example/", "https://partner.example/v1/customers")]
    [InlineData("http://127.0.0.1:5080/box/", "http://127.0.0.1:5080/box/v1/customers")]
    public async Task A_path_is_taken_below_the_endpoint(string endpoint, string address)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler) { Endpoint = new Uri(endpoint) };

        _ = await service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers")));

        Assert.Equal(address, handler.Requests[0].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task A_page_token_is_sent_as_it_came()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler);

        _ = await service.SendAsync(ServiceRequest.GetPage(
            ServiceRoute.OfLink("customers?seekOperation=Next"), [new KeyValuePair<string, string>("MS-ContinuationToken", "a+/=;b c")]));

        Assert.Equal("a+/=;b c", handler.Requests[0].Header("MS-ContinuationToken"));
    }

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\nX-Injected: 1")]
    [InlineData("a\u0000b")]
    public async Task An_answer_cannot_bring_in_headers_by_a_page_token_or_an_entity_tag(string value)
    {
        var handler = new ScriptedHandler(_clock);
        using var service = new ScriptedService(_clock, handler);
        var page = ServiceRequest.GetPage(ServiceRoute.OfLink("customers"), [new KeyValuePair<string, string>("MS-ContinuationToken", value)]);
        var change = ServiceRequest.PatchWhole(ServiceRoute.Of($"customers"), new JObject(), value);

        Assert.Equal("UnexpectedAnswer", (await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(page))).ErrorId);
        Assert.Equal("UnexpectedAnswer", (await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(change))).ErrorId);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_debug_line_names_the_call_and_its_ids_and_never_the_token()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(503), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens("secret-token") };

        _ = await service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"customers/{"c1"}")));

        Assert.Collection(
            service.Observer.DebugLines,
            line => Assert.StartsWith("GET /v1/customers/c1 503 in ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("GET /v1/customers/c1 200 in ", line, StringComparison.Ordinal));
        Assert.All(service.Observer.DebugLines, line =>
        {
            Assert.Contains(handler.Requests[0].Header("MS-RequestId")!, line, StringComparison.Ordinal);
            Assert.Contains(service.Call.CorrelationId.ToString(), line, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("secret-token", service.Observer.AllText, StringComparison.Ordinal);
    }
}
