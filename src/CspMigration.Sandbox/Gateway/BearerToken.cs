using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.SignIn;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Gateway;

/// <summary>The token of a request. Any token is accepted; one that begins with <c>app-only</c> has no user.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer ";

    private BearerToken(bool hasUser, JObject? claims)
    {
        HasUser = hasUser;
        IsForGraph = (string?)claims?["aud"] == AccessToken.GraphAudience;
        TenantId = (string?)claims?["tid"];
        Scopes = ((string?)claims?["scp"] ?? "").Split(' ');
    }

    /// <summary>For routes that need no token.</summary>
    public static BearerToken None { get; } = new(hasUser: false, claims: null);

    public bool HasUser { get; }

    /// <summary>Whether it was issued for Microsoft Graph. Tokens that were not issued here are Partner Center's.</summary>
    public bool IsForGraph { get; }

    /// <summary>The tenant it was issued for; null for a token that was not issued here.</summary>
    public string? TenantId { get; }

    public IReadOnlyList<string> Scopes { get; }

    /// <exception cref="GatewayException">There is no token, or it was issued here and has expired.</exception>
    public static BearerToken Of(SandboxRequest request, DateTimeOffset now)
    {
        var header = request.Header("Authorization");
        if (header == null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length == Scheme.Length)
        {
            throw Refusals.Unauthorized("The request has no bearer token.");
        }

        var token = header.Substring(Scheme.Length).Trim();
        return now < AccessToken.EndOf(token).GetValueOrDefault(DateTimeOffset.MaxValue)
            ? new BearerToken(hasUser: !token.StartsWith(AccessToken.AppOnlyPrefix, StringComparison.OrdinalIgnoreCase), AccessToken.ClaimsOf(token))
            : throw Refusals.Unauthorized("The access token has expired.");
    }
}
