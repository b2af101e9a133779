using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class SignInTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";

    [Fact]
    public async Task An_application_gets_an_app_only_token_and_no_refresh_token()
    {
        using var client = new Client { Token = null };
        var response = (await SignIn(client, ("grant_type", "client_credentials"), ("client_secret", "any"))).Expect(200).Json;
        Assert.StartsWith("app-only", (string?)response["access_token"], StringComparison.Ordinal);
        Assert.Equal("Bearer", (string?)response["token_type"]);
        Assert.Equal(3600, (int)response["expires_in"]!);
        Assert.Null(response["refresh_token"]);
        client.Token = (string?)response["access_token"];
        _ = (await client.Get("v1/customers")).Expect(200);
        _ = (await client.Get(client.CustomerPath + "/users")).ExpectError(403, 900329);
    }

    [Fact]
    public async Task An_assertion_can_replace_the_secret_but_one_is_required()
    {
        using var client = new Client { Token = null };
        _ = (await SignInWith(client, Assertion())).Expect(200);
        ExpectError(await SignIn(client, ("grant_type", "client_credentials")), 401, "invalid_client");
    }

    [Theory]
    [InlineData("any")]
    [InlineData("a.b.c")]
    [InlineData("algorithm")]
    [InlineData("signature")]
    [InlineData("certificate")]
    [InlineData("application")]
    [InlineData("audience")]
    [InlineData("time")]
    public async Task An_invalid_assertion_is_refused(string wrong)
    {
        using var client = new Client { Token = null };
        ExpectError(await SignInWith(client, wrong is "any" or "a.b.c" ? wrong : Assertion(wrong)), 401, "invalid_client");
    }

    [Fact]
    public async Task An_assertion_of_another_type_is_refused()
    {
        using var client = new Client { Token = null };
        ExpectError(await SignIn(client, ("grant_type", "client_credentials"), ("client_assertion", Assertion()), ("client_assertion_type", "saml")), 401, "invalid_client");
    }

    [Fact]
    public async Task A_refresh_token_is_answered_with_the_next_and_then_refused()
    {
        using var client = new Client { Token = null };
        var first = (await Refresh(client, "brought from elsewhere")).Expect(200).Json;
        ExpectError(await Refresh(client, "brought from elsewhere"), 400, "invalid_grant");
        var next = (string)first["refresh_token"]!;
        _ = (await Refresh(client, next)).Expect(200);
        ExpectError(await Refresh(client, next), 400, "invalid_grant");
        client.Token = (string?)first["access_token"];
        _ = (await client.Get(client.CustomerPath + "/users")).Expect(200);
    }

    [Fact]
    public async Task A_refresh_token_expires_after_ninety_days()
    {
        using var client = new Client { Token = null };
        var token = (string)(await Refresh(client, "first")).Json["refresh_token"]!;
        client.Tenant.AdvanceClock(TimeSpan.FromDays(90));
        ExpectError(await Refresh(client, token), 400, "invalid_grant");
    }

    [Fact]
    public async Task A_token_with_a_user_is_a_jwt_that_names_the_user()
    {
        using var client = new Client { Token = null };
        var response = (await Refresh(client, "any")).Expect(200).Json;
        var claims = Claims((string)response["access_token"]!);
        Assert.Equal("user_impersonation", (string?)claims["scp"]);
        Assert.Equal(Tenant, (string?)claims["tid"]);
        Assert.Contains("mfa", claims["amr"]!.AsArray().Select(factor => (string)factor!));
        var identity = Claims((string)response["id_token"]!);
        Assert.Equal("app-1", (string?)identity["aud"]);
        Assert.Equal((string?)claims["oid"], (string?)identity["oid"]);
        var info = Decode((string)response["client_info"]!);
        Assert.Equal(((string?)claims["oid"], Tenant), ((string?)info["uid"], (string?)info["utid"]));
        Assert.Equal("https://api.partnercenter.microsoft.com/user_impersonation", (string?)response["scope"]);
    }

    [Fact]
    public async Task A_token_issued_here_expires_by_the_sandboxs_clock_and_another_does_not()
    {
        using var client = new Client("contoso:tokenLifetime=PT10M") { Token = null };
        var response = (await Refresh(client, "any")).Expect(200).Json;
        Assert.Equal(600, (int)response["expires_in"]!);
        client.Token = (string?)response["access_token"];
        client.Tenant.AdvanceClock(TimeSpan.FromMinutes(9));
        _ = (await client.Get("v1/customers")).Expect(200);
        client.Tenant.AdvanceClock(TimeSpan.FromMinutes(1));
        _ = (await client.Get("v1/customers")).Expect(401);
        client.Token = "a.b.c";
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1000));
        _ = (await client.Get("v1/customers")).Expect(200);
    }

    [Fact]
    public async Task A_device_code_is_valid_after_its_interval()
    {
        using var client = new Client { Token = null };
        var device = (await Post(client, "devicecode", ("client_id", "app-1"), ("scope", "x"))).Expect(200).Json;
        Assert.Contains((string)device["user_code"]!, (string?)device["message"], StringComparison.Ordinal);
        Assert.Equal(1, (int)device["interval"]!);
        Task<Reply> Poll() => SignIn(client, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", (string)device["device_code"]!));
        ExpectError(await Poll(), 400, "authorization_pending");
        client.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await Poll()).Expect(200).Json["refresh_token"]);
        ExpectError(await Poll(), 400, "invalid_grant");
    }

    [Theory]
    [InlineData("grant")]
    [InlineData("decline")]
    public async Task A_device_code_can_wait_until_it_is_answered_through_the_control(string answer)
    {
        using var client = new Client("contoso:deviceCode=waits") { Token = null };
        var device = (await Post(client, "devicecode", ("client_id", "app-1"))).Expect(200).Json;
        Task<Reply> Poll() => SignIn(client, ("grant_type", "device_code"), ("device_code", (string)device["device_code"]!));
        client.Time.Advance(TimeSpan.FromMinutes(1));
        ExpectError(await Poll(), 400, "authorization_pending");
        _ = (await client.Post("sandbox/devicecode", new { userCode = (string)device["user_code"]!, answer })).Expect(200);
        if (answer == "grant")
        {
            _ = (await Poll()).Expect(200);
        }
        else
        {
            ExpectError(await Poll(), 400, "authorization_declined");
        }
    }

    [Fact]
    public async Task A_code_without_a_waiting_client_cannot_be_answered()
    {
        using var client = new Client("contoso:deviceCode=waits") { Token = null };
        _ = (await client.Post("sandbox/devicecode", new { userCode = "ABCD1234" })).Expect(400);
    }

    [Fact]
    public async Task An_unused_device_code_expires()
    {
        using var client = new Client { Token = null };
        var device = (await Post(client, "devicecode", ("client_id", "app-1"))).Expect(200).Json;
        client.Time.Advance(TimeSpan.FromMinutes(15));
        ExpectError(await SignIn(client, ("grant_type", "device_code"), ("device_code", (string)device["device_code"]!)), 400, "expired_token");
    }

    [Fact]
    public async Task An_authorization_code_is_valid_once_and_arrives_by_a_redirect()
    {
        using var client = new Client { Token = null };
        var page = await client.Get($"{Tenant}/oauth2/v2.0/authorize?client_id=app-1&redirect_uri=http%3A%2F%2Flocalhost%3A1234&state=s%201");
        var target = new Uri(page.Expect(302).Header("Location")!);
        Assert.Equal("localhost:1234", target.Authority);
        Assert.Contains("state=s%201", target.Query, StringComparison.Ordinal);
        var code = target.Query.Split("code=")[1].Split('&')[0];
        _ = (await SignIn(client, ("grant_type", "authorization_code"), ("code", code))).Expect(200);
        ExpectError(await SignIn(client, ("grant_type", "authorization_code"), ("code", code)), 400, "invalid_grant");
        _ = (await client.Get($"{Tenant}/oauth2/v2.0/authorize?client_id=app-1")).Expect(400);
    }

    [Fact]
    public async Task The_first_version_of_the_endpoint_writes_numbers_as_text()
    {
        using var client = new Client { Token = null };
        var response = await client.Send(
            HttpMethod.Post, "contoso.com/oauth2/token", Form(("client_id", "app-1"), ("grant_type", "refresh_token"), ("refresh_token", "x"), ("resource", "https://api.partnercenter.microsoft.com")));
        var json = response.Expect(200).Json;
        Assert.Equal("3600", (string?)json["expires_in"]);
        Assert.Equal(client.Tenant.Now.AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)json["expires_on"]);
        Assert.Equal("https://api.partnercenter.microsoft.com", (string?)json["resource"]);
        Assert.Equal("11111111-1111-1111-1111-111111111111", (string?)Claims((string)json["access_token"]!)["tid"]);
    }

    [Fact]
    public async Task An_invalid_sign_in_has_an_error_of_the_protocol()
    {
        using var client = new Client { Token = null };
        ExpectError(await Post(client, "token", ("client_id", "app-1")), 400, "invalid_request");
        ExpectError(await Post(client, "token", ("grant_type", "refresh_token"), ("refresh_token", "x")), 400, "invalid_request");
        ExpectError(await SignIn(client, ("grant_type", "refresh_token")), 400, "invalid_request");
        ExpectError(await SignIn(client, ("grant_type", "password")), 400, "unsupported_grant_type");
        ExpectError(await SignIn(client, ("grant_type", "device_code"), ("device_code", "unknown")), 400, "invalid_grant");
    }

    [Fact]
    public async Task A_client_discovers_the_endpoints()
    {
        using var client = new Client { Token = null };
        foreach (var path in new[] { $"{Tenant}/v2.0/.well-known/openid-configuration", $"{Tenant}/.well-known/openid-configuration" })
        {
            var configuration = (await client.Get(path)).Expect(200).Json;
            Assert.Equal($"{SandboxTenant.BaseAddress}{Tenant}/oauth2/v2.0/token", (string?)configuration["token_endpoint"]);
            Assert.Equal($"{SandboxTenant.BaseAddress}{Tenant}/v2.0", (string?)configuration["issuer"]);
        }

        var instance = (await client.Get("common/discovery/instance?api-version=1.1")).Expect(200).Json;
        Assert.Equal(SandboxTenant.BaseAddress.Authority, (string?)instance["metadata"]![0]!["aliases"]![0]);
        Assert.Empty((await client.Get($"{Tenant}/discovery/v2.0/keys")).Expect(200).Json["keys"]!.AsArray());
    }

    [Fact]
    public async Task The_libraries_seen_at_sign_in_are_reported_and_sign_ins_are_no_writes()
    {
        using var client = new Client(configure: options => options.RateLimit = 1) { Token = null };
        for (var count = 0; count < 3; count++)
        {
            _ = (await client.Send(
                HttpMethod.Post,
                $"{Tenant}/oauth2/v2.0/token",
                Form(("client_id", "app-1"), ("grant_type", "client_credentials"), ("client_secret", "x")),
                ("x-client-SKU", "MSAL.NetCore"),
                ("x-client-Ver", "4.0.0"),
                RequestIds.A)).Expect(200);
        }

        var requests = (await client.Get("sandbox/requests")).Json;
        Assert.Equal("MSAL.NetCore 4.0.0", (string?)Assert.Single(requests["signInClients"]!.AsArray()));
        Assert.Equal(0, (int)requests["writes"]!);
        Assert.Equal(3, (int)requests["byRoute"]!["POST /{tenant}/oauth2/v2.0/token"]!);
    }

    [Fact]
    public async Task A_fault_can_hit_a_sign_in()
    {
        using var client = new Client { Token = null };
        client.Tenant.SetFaults(new SandboxFault("POST", "/{tenant}/oauth2/v2.0/token", "status:503"));
        _ = (await Refresh(client, "x")).Expect(503);
        _ = (await Refresh(client, "x")).Expect(200);
    }

    [Theory]
    [InlineData(50076, 400, "interaction_required")]
    [InlineData(700082, 400, "invalid_grant")]
    [InlineData(7000215, 401, "invalid_client")]
    [InlineData(90033, 503, "temporarily_unavailable")]
    public async Task A_sign_in_can_be_refused_as_the_identity_platform_does(int number, int status, string error)
    {
        using var client = new Client { Token = null };
        client.Tenant.SetFaults(new SandboxFault("POST", "/{tenant}/oauth2/v2.0/token", $"aadsts:{number}"));
        var reply = await Refresh(client, "x");
        ExpectError(reply, status, error);
        Assert.Equal(number, (int)reply.Json["error_codes"]![0]!);
        _ = (await Refresh(client, "x")).Expect(200);
    }

    [Fact]
    public void An_unknown_error_of_the_identity_platform_is_no_fault()
    {
        using var client = new Client();
        _ = Assert.Throws<ArgumentException>(() => client.Tenant.SetFaults(new SandboxFault("POST", "/{tenant}/oauth2/v2.0/token", "aadsts:1")));
    }

    [Fact]
    public async Task A_token_shows_that_multiple_factors_are_missing()
    {
        using var client = new Client("contoso:mfa=missing") { Token = null };
        var claims = Claims((string)(await Refresh(client, "x")).Json["access_token"]!);
        Assert.DoesNotContain("mfa", claims["amr"]!.AsArray().Select(factor => (string)factor!));
    }

    private static Task<Reply> Refresh(Client client, string token) => SignIn(
        client, ("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "https://api.partnercenter.microsoft.com/user_impersonation offline_access openid"));

    private static Task<Reply> SignIn(Client client, params (string Name, string Value)[] form) => Post(client, "token", [.. form, ("client_id", "app-1")]);

    private static Task<Reply> Post(Client client, string endpoint, params (string Name, string Value)[] form) =>
        client.Send(HttpMethod.Post, $"{Tenant}/oauth2/v2.0/{endpoint}", Form(form));

    private static string Form(params (string Name, string Value)[] form) =>
        string.Join("&", form.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));

    private static void ExpectError(Reply reply, int status, string error)
    {
        _ = reply.Expect(status);
        Assert.Equal(error, (string?)reply.Json["error"]);
        Assert.StartsWith("AADSTS", (string?)reply.Json["error_description"], StringComparison.Ordinal);
    }

    private static Task<Reply> SignInWith(Client client, string assertion) => SignIn(
        client, ("grant_type", "client_credentials"), ("client_assertion", assertion), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));

    private static string Assertion(string wrong = "nothing")
    {
        var header = new JsonObject { ["alg"] = wrong == "algorithm" ? "none" : "PS256", ["typ"] = "JWT", [wrong == "certificate" ? "kid" : "x5t#S256"] = "abc" };
        var claims = new JsonObject
        {
            ["aud"] = $"{SandboxTenant.BaseAddress}{(wrong == "audience" ? "other" : Tenant)}/oauth2/v2.0/token",
            ["iss"] = "app-1",
            ["sub"] = wrong == "application" ? "app-2" : "app-1",
            ["nbf"] = 1000,
            ["exp"] = wrong == "time" ? 1000 : 1600,
        };
        return $"{Encode(header)}.{Encode(claims)}.{new string('a', wrong == "signature" ? 10 : 342)}";
    }

    private static string Encode(JsonObject json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static JsonNode Claims(string token) => Decode(token.Split('.')[1]);

    private static JsonNode Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        return JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)))!;
    }
}
