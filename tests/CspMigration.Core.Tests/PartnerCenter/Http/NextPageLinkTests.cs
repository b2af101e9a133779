using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.TestSupport;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class NextPageLinkTests
{
    private static readonly Uri Base = new("https://partner.example/v1/");

    [Theory]
    [InlineData("/customers?size=2&seekOperation=Next")]
    [InlineData("/v1/customers?size=2&seekOperation=Next")]
    [InlineData("/V1/customers?size=2&seekOperation=Next")]
    [InlineData("/v1/v1/customers?size=2&seekOperation=Next")]
    [InlineData("v1/customers?size=2&seekOperation=Next")]
    [InlineData("customers?size=2&seekOperation=Next")]
    [InlineData("https://partner.example/v1/customers?size=2&seekOperation=Next")]
    [InlineData("https://partner.example:443/v1/customers?size=2&seekOperation=Next")]
    [InlineData("HTTPS://PARTNER.EXAMPLE/v1/customers?size=2&seekOperation=Next")]
    [InlineData("https://partner.example/customers?size=2&seekOperation=Next#part")]
    public void A_link_leads_below_v1_however_it_is_written(string uri)
    {
        Assert.Equal("customers?size=2&seekOperation=Next", Read(uri)?.Route.Path);
    }

    [Theory]
    [InlineData("/box/v1/customers?a=1")]
    [InlineData("/v1/customers?a=1")]
    [InlineData("customers?a=1")]
    public void A_link_may_name_the_path_of_the_endpoint_or_not(string uri)
    {
        Assert.Equal("customers?a=1", NextPageLink.Read(Page(uri), new Uri("http://127.0.0.1:5080/box/v1/"))?.Route.Path);
    }

    [Theory]
    [InlineData("https://evil.example/v1/customers")]
    [InlineData("https://partner.example.evil.example/v1/customers")]
    [InlineData("//evil.example/v1/customers")]
    [InlineData("\\\\evil.example\\v1\\customers")]
    [InlineData("http://partner.example/v1/customers")]
    [InlineData("https://partner.example:8443/v1/customers")]
    [InlineData("https://user:word@partner.example/v1/customers")]
    [InlineData("https://partner.example@evil.example/v1/customers")]
    [InlineData("ftp://partner.example/v1/customers")]
    [InlineData("javascript:alert(1)")]
    public void A_link_to_anywhere_else_is_refused(string uri)
    {
        var e = Assert.Throws<CspMigrationException>(() => Read(uri));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.DoesNotContain("word", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://[::1/v1/customers")]
    [InlineData("https://partner.example:99999/")]
    [InlineData("https://")]
    public void A_link_that_is_no_address_is_an_unexpected_answer(string uri)
    {
        Assert.Equal("UnexpectedAnswer", Assert.Throws<CspMigrationException>(() => Read(uri)).ErrorId);
    }

    [Theory]
    [InlineData("/v1/https://evil.example/v1/customers")]
    [InlineData("/https://evil.example/v1/customers")]
    [InlineData("/v1//evil.example/customers")]
    [InlineData("/v1/\\\\evil.example/customers")]
    [InlineData("/v1/http:evil.example")]
    [InlineData("/v1/../../evil")]
    public async Task An_address_within_the_path_leads_nowhere_else(string uri)
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.Json("[]"));
        using var service = new ScriptedService(clock, handler);

        _ = await service.SendAsync(Read(uri)!);

        Assert.Equal("https://partner.example", handler.Requests[0].Uri.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task No_link_whatever_leads_off_the_host()
    {
        using var clock = VirtualTime.Automatic();
        Uri? reached = null;
        var handler = new ScriptedHandler(clock, request =>
        {
            reached = request.Uri;
            return ScriptedAnswer.Json("[]");
        });
        using var service = new ScriptedService(clock, handler);
        var links = Gen.Elements(
                "https:", "http:", "HTTPS:", "ftp:", "/", "//", "\\", "v1/", "/v1/", "V1", "partner.example", "evil.example", "user:word@", "@", ":443", ":80", ":8443",
                "..", ".", "%2f", "%5c", "%2e%2e", "%", "?", "#", "&a=b", " ", "\t", "\r\n", "\u0000", "\u3002", "\uFF0F", "é", "[::1]", "127.0.0.1", "customers")
            .ArrayOf().Select(string.Concat);

        foreach (var link in links.Sample(3000, size: 8))
        {
            ServiceRequest? next;
            try
            {
                next = Read(link);
            }
            catch (CspMigrationException e)
            {
                Assert.Equal("UnexpectedAnswer", e.ErrorId);
                continue;
            }

            if (next is not null)
            {
                _ = await service.SendAsync(next);
                Assert.True(reached?.GetLeftPart(UriPartial.Authority) == "https://partner.example", $"\"{link}\" leads to {reached}");
            }
        }

        Assert.NotNull(reached);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"links":null}""")]
    [InlineData("""{"links":{"self":{"uri":"/customers"}}}""")]
    [InlineData("""{"links":{"next":null}}""")]
    [InlineData("""{"links":{"next":{}}}""")]
    [InlineData("""{"links":{"next":{"uri":""}}}""")]
    [InlineData("""{"continuationToken":"t"}""")]
    public void Without_a_link_it_was_the_last_page(string body)
    {
        Assert.Null(NextPageLink.Read(ServiceJson.Parse(body), Base));
        Assert.Null(NextPageLink.Read(null, Base));
    }

    [Fact]
    public void Only_the_page_token_is_taken_from_the_headers_of_a_link()
    {
        var next = Read(
            "/customers",
            """[{"key":"Authorization","value":"Bearer other"},{"key":"Host","value":"evil.example"},{"key":"ms-continuationtoken","value":"t1"},{"key":"MS-ContinuationToken","value":"t2"}]""");

        Assert.Equal([KeyValuePair.Create("MS-ContinuationToken", "t1")], next!.PageHeaders);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"key":"MS-ContinuationToken","value":null}]""")]
    [InlineData("""[{"key":"Other","value":"x"}]""")]
    public void A_page_token_the_headers_do_not_have_is_taken_from_the_body(string headers)
    {
        Assert.Equal([KeyValuePair.Create("MS-ContinuationToken", "of the body")], Read("/customers", headers, "of the body")!.PageHeaders);
        Assert.Empty(Read("/customers", headers)!.PageHeaders);
    }

    private static JToken? Page(string uri, string headers = "[]", string? token = null)
    {
        return ServiceJson.Parse(
            $$"""{"items":[],"continuationToken":{{JsonConvert.ToString(token)}},"links":{"next":{"uri":{{JsonConvert.ToString(uri)}},"method":"GET","headers":{{headers}} } } }""");
    }

    private static ServiceRequest? Read(string uri, string headers = "[]", string? token = null) => NextPageLink.Read(Page(uri, headers, token), Base);
}
