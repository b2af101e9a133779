using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http.Transport;

public sealed class TokenTests : IDisposable
{
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJ0aWQiOiJzZWNyZXQifQ.c2lnbmF0dXJl";

    private readonly VirtualTime _clock = VirtualTime.Automatic();

    private static ServiceRequest Get => ServiceRequest.Get(ServiceRoute.Of($"customers"));

    private static ServiceRequest Post => ServiceRequest.Post(ServiceRoute.Of($"customers"), new JObject(), Guid.NewGuid());

    public void Dispose() => _clock.Dispose();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_refused_token_is_replaced_and_the_call_sent_again_at_once(string method)
    {
        var tokens = new RenewingTokens("old", "new");
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(401), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler) { Tokens = tokens };

        _ = await service.SendAsync(method == "GET" ? Get : Post);

        Assert.Equal(["Bearer old", "Bearer new"], handler.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal([null, "old"], tokens.Refused);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        Assert.Empty(service.Observer.Waits);
    }

    [Fact]
    public async Task A_token_is_replaced_only_once_a_call()
    {
        var tokens = new RenewingTokens("old", "new", "newer");
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(401), ScriptedAnswer.Empty(401));
        using var service = new ScriptedService(_clock, handler) { Tokens = tokens };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("Unauthorized", e.ErrorId);
        Assert.Equal(401, e.StatusCode);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task The_new_token_is_kept_for_later_attempts()
    {
        var tokens = new RenewingTokens("old", "new", "newer");
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(401), ScriptedAnswer.Empty(503), ScriptedAnswer.Json("{}"));
        using var service = new ScriptedService(_clock, handler) { Tokens = tokens };

        _ = await service.SendAsync(Get);

        Assert.Equal(["Bearer old", "Bearer new", "Bearer new"], handler.Requests.Select(request => request.Header("Authorization")));
    }

    [Theory]
    [InlineData("""{"code":900421,"description":"MFA is needed."}""", "MfaRequired")]
    [InlineData("""{"code":"900420","description":"Wrong audience."}""", "Unauthorized")]
    public async Task A_token_refused_for_another_cause_than_its_age_is_not_replaced(string body, string errorId)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(body, 401));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens("old", "new") };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal(errorId, e.ErrorId);
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_token_that_cannot_be_replaced_is_not_sent_again()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(401));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens("only") { CanRenew = false } };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        Assert.Equal("Unauthorized", e.ErrorId);
        _ = Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("{\"code\":3000,\"description\":\"Bad token TOKEN\"}")]
    [InlineData("{\"code\":\"TOKEN\",\"description\":\"Bad.\"}")]
    [InlineData("{\"code\":3000,\"data\":[\"TOKEN\"]}")]
    [InlineData("{\"statusCode\":401,\"message\":\"Bearer TOKEN\"}")]
    [InlineData("Bearer TOKEN was refused")]
    [InlineData("\"TOKEN\"")]
    public async Task A_token_the_service_repeats_never_reaches_the_user(string body)
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Text(body.Replace("TOKEN", Token, StringComparison.Ordinal), "application/json", 400));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens(Token) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        AssertHidden(e, service, Token);
    }

    [Theory]
    [InlineData("{\"code\":3000,\"description\":\"Bad token ab\\u002Bcd\\/ef==\"}")]
    [InlineData("{\"code\":\"ab\\u002Bcd\\/ef==\"}")]
    [InlineData("{\"code\":3000,\"data\":[\"ab\\u002bcd/ef==\"]}")]
    public async Task A_token_the_service_repeats_in_another_spelling_never_reaches_the_user(string body)
    {
        const string Spelled = "ab+cd/ef==";
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(body, 400));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens(Spelled) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        AssertHidden(e, service, Spelled);
    }

    [Fact]
    public async Task A_token_at_the_end_of_long_words_is_not_cut_but_hidden()
    {
        var body = $$"""{"code":3000,"description":"{{new string('x', 1000)}} {{Token}}"}""";
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(body, 400));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens(Token) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Get));

        AssertHidden(e, service, Token[..10]);
    }

    [Fact]
    public async Task A_token_in_the_words_of_a_broken_connection_never_reaches_the_user()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Throws(() => new HttpRequestException("Header 'Bearer " + Token + "' is bad.")));
        using var service = new ScriptedService(_clock, handler) { Tokens = new RenewingTokens(Token) };

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => service.SendAsync(Post));

        AssertHidden(e, service, Token);
        Assert.Contains("(access token)", e.Message, StringComparison.Ordinal);
    }

    private static void AssertHidden(CspMigrationException e, ScriptedService service, string token)
    {
        Assert.DoesNotContain(token, e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, e.ServiceDescription ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(token, e.ServiceCode ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(token, service.Observer.AllText, StringComparison.Ordinal);
    }
}
