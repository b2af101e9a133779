using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter;

public sealed class ServiceCallerTests : IDisposable
{
    private readonly VirtualTime _clock = VirtualTime.Automatic();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task A_list_is_followed_page_by_page_to_its_end()
    {
        var handler = new ScriptedHandler(
            _clock,
            Page(["a", "b"], next: "/customers?size=2&seekOperation=Next", token: "t1"),
            Page([], next: "https://partner.example/v1/customers?size=2&seekOperation=Next", token: "t2"),
            Page(["c"], next: null, token: null));
        using var service = new ScriptedService(_clock, handler);

        Assert.Equal(["a", "b", "c"], await ListAsync(service));
        Assert.Equal(
            [
                ("https://partner.example/v1/customers?size=2", null),
                ("https://partner.example/v1/customers?size=2&seekOperation=Next", "t1"),
                ("https://partner.example/v1/customers?size=2&seekOperation=Next", "t2"),
            ],
            handler.Requests.Select(request => (request.Uri.AbsoluteUri, request.Header("MS-ContinuationToken"))));
        Assert.Equal(3, handler.Requests.Select(request => request.Header("MS-RequestId")).Distinct().Count());
    }

    [Fact]
    public async Task Pages_come_as_they_are_read()
    {
        var handler = new ScriptedHandler(_clock, Page(["a"], next: "/customers?page=2", token: null));
        using var service = new ScriptedService(_clock, handler);

        await foreach (var page in service.Caller.PagesAsync(
            ServiceRoute.Of($"customers"), "a customer", reader => reader.RequiredText("id"), CancellationToken.None))
        {
            Assert.Equal(["a"], page);
            _ = Assert.Single(handler.Requests);
            break;
        }
    }

    [Fact]
    public async Task A_link_to_another_host_is_refused_and_nothing_sent_there()
    {
        var handler = new ScriptedHandler(_clock, Page(["a"], next: "https://evil.example/v1/customers", token: "t1"));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => ListAsync(service));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Contains("evil.example", e.Message, StringComparison.Ordinal);
        _ = Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("/customers?size=2", null)]
    [InlineData("/customers?size=2&seekOperation=Next", "always the same")]
    public async Task Pages_that_lead_in_a_circle_end_with_an_error(string next, string? token)
    {
        var handler = new ScriptedHandler(_clock, _ => Page(["a"], next, token));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => ListAsync(service));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Contains("circle", e.Message, StringComparison.Ordinal);
        Assert.InRange(handler.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task A_bare_list_is_the_only_page()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""[{"id":"a"},{"id":"b"}]"""));
        using var service = new ScriptedService(_clock, handler);

        Assert.Equal(["a", "b"], await ListAsync(service));
    }

    [Fact]
    public async Task A_resource_that_is_none_is_an_unexpected_answer_naming_it()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("[]"), ScriptedAnswer.Empty(204));
        using var service = new ScriptedService(_clock, handler);

        for (var i = 0; i < 2; i++)
        {
            var e = await Assert.ThrowsAsync<CspMigrationException>(
                () => service.Caller.GetAsync(ServiceRoute.Of($"customers/{"c1"}"), "a customer", reader => reader.RequiredText("id"), CancellationToken.None));
            Assert.Equal("UnexpectedAnswer", e.ErrorId);
            Assert.Contains("a customer", e.Message, StringComparison.Ordinal);
        }
    }

    private static Task<IReadOnlyList<string>> ListAsync(ScriptedService service)
    {
        return service.Caller.ListAsync(ServiceRoute.Of($"customers?size={2}"), "a customer", reader => reader.RequiredText("id"), CancellationToken.None);
    }

    private static ScriptedAnswer Page(string[] ids, string? next, string? token)
    {
        var items = string.Join(",", ids.Select(id => $$"""{"id":"{{id}}"}"""));
        var headers = token is null ? "" : $$"""{"key":"MS-ContinuationToken","value":"{{token}}"}""";
        var link = next is null ? "null" : $$"""{"uri":"{{next}}","method":"GET","headers":[{{headers}}]}""";
        return ScriptedAnswer.Json($$"""{"totalCount":{{ids.Length}},"items":[{{items}}],"links":{"next":{{link}} } }""");
    }
}
