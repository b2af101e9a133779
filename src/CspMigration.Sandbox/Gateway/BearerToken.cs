using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.SignIn;

namespace CspMigration.Sandbox.Gateway;

/// <summary>The token of a request. Any token is accepted; one that begins with <c>app-only</c> has no user.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer ";

    private BearerToken(bool hasUser)
    {
        HasUser = hasUser;
    }

    /// <summary>For routes that need no token.</summary>
    public static BearerToken None { get; } = new(hasUser: false);

    public bool HasUser { get; }

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
            ? new BearerToken(hasUser: !token.StartsWith(AccessToken.AppOnlyPrefix, StringComparison.OrdinalIgnoreCase))
            : throw Refusals.Unauthorized("The access token has expired.");
    }
}
