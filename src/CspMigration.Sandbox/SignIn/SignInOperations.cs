using System;
using System.Collections.Generic;
using System.Globalization;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>The sign-in endpoints of any tenant, and their discovery documents.</summary>
internal static class SignInOperations
{
    private const string Tenant = "/{tenant}";
    private const string Version2 = Tenant + "/oauth2/v2.0";

    private static readonly string[] NumbersOfVersion1 = ["expires_in", "ext_expires_in", "expires_on", "not_before"];

    public static IEnumerable<Route> Routes =>
    [
        new("POST", Version2 + "/token", Needs.NoToken, call => Answered(call, issuer => issuer.Issue())),
        new("POST", Version2 + "/devicecode", Needs.NoToken, call => Answered(call, issuer => issuer.DeviceCode())),
        new("GET", Version2 + "/authorize", Needs.NoToken, Authorize),
        new("POST", Tenant + "/oauth2/token", Needs.NoToken, call => Answered(call, issuer => AsVersion1(issuer.Issue(), call))),
        new("GET", Tenant + "/.well-known/openid-configuration", Needs.NoToken, Configuration),
        new("GET", Tenant + "/v2.0/.well-known/openid-configuration", Needs.NoToken, Configuration),
        new("GET", Tenant + "/discovery/v2.0/keys", Needs.NoToken, _ => Answer.Ok(new JObject { ["keys"] = new JArray() })),
        new("GET", Tenant + "/discovery/instance", Needs.NoToken, Instance),
    ];

    private static Answer Answered(Call call, Func<TokenIssuer, JObject> answer)
    {
        if (call.Request.Header("x-client-SKU") is { } library)
        {
            call.World.Grants.RecordClient($"{library} {call.Request.Header("x-client-Ver")}".Trim());
        }

        try
        {
            return Answer.Ok(answer(new TokenIssuer(call.World, new TokenRequest(call), call.Now)));
        }
        catch (SignInException refusal)
        {
            return Answer.WithStatus(refusal.Status, refusal.Body(call.World, call.Request.Header("client-request-id")));
        }
    }

    // Version 1 of the endpoint writes numbers as text, and has more of them.
    private static JObject AsVersion1(JObject response, Call call)
    {
        response["expires_on"] = (call.Now + call.World.TokenLifetime).ToUnixTimeSeconds();
        response["not_before"] = call.Now.ToUnixTimeSeconds();
        response["resource"] = new TokenRequest(call)["resource"] ?? "https://api.partnercenter.microsoft.com";
        foreach (var number in NumbersOfVersion1)
        {
            response[number] = response.Value<long>(number).ToString(CultureInfo.InvariantCulture);
        }

        return response;
    }

    // Opening this page counts as signing in.
    private static Answer Authorize(Call call)
    {
        var target = call.Query["redirect_uri"];
        if (target == null)
        {
            return Answer.WithStatus(400, new JObject { ["error"] = "invalid_request", ["error_description"] = "There is no redirect_uri." });
        }

        if (AnyCase.AreEqual(call.Query["response_mode"], "form_post"))
        {
            return Answer.OfPage(FormPost(target, call));
        }

        var separator = target.IndexOf('?') < 0 ? "?" : "&";
        var state = Uri.EscapeDataString(call.Query["state"] ?? "");
        return Answer.Redirect($"{target}{separator}code={call.World.Grants.NextId()}&state={state}");
    }

    private static string FormPost(string target, Call call) => $"""
        <html><body onload="document.forms[0].submit()"><form method="post" action="{Encode(target)}">
        <input type="hidden" name="code" value="{call.World.Grants.NextId()}"/>
        <input type="hidden" name="state" value="{Encode(call.Query["state"] ?? "")}"/>
        <input type="submit" value="Continue"/></form></body></html>
        """;

    private static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static Answer Configuration(Call call)
    {
        var request = new TokenRequest(call);
        var tenant = $"{request.Origin}/{request.Tenant}";
        var endpoints = tenant + "/oauth2/v2.0";
        return Answer.Ok(new JObject
        {
            ["issuer"] = $"{request.Origin}/{request.TenantId}/v2.0",
            ["authorization_endpoint"] = endpoints + "/authorize",
            ["token_endpoint"] = endpoints + "/token",
            ["device_authorization_endpoint"] = endpoints + "/devicecode",
            ["jwks_uri"] = tenant + "/discovery/v2.0/keys",
            ["response_types_supported"] = new JArray("code", "id_token"),
            ["subject_types_supported"] = new JArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JArray("none"),
            ["scopes_supported"] = new JArray("openid", "profile", "offline_access"),
        });
    }

    private static Answer Instance(Call call)
    {
        var request = new TokenRequest(call);
        var host = new Uri(request.Origin).Authority;
        return Answer.Ok(new JObject
        {
            ["tenant_discovery_endpoint"] = $"{request.Origin}/{request.Tenant}/v2.0/.well-known/openid-configuration",
            ["api-version"] = "1.1",
            ["metadata"] = new JArray(new JObject
            {
                ["preferred_network"] = host,
                ["preferred_cache"] = host,
                ["aliases"] = new JArray(host),
            }),
        });
    }
}
