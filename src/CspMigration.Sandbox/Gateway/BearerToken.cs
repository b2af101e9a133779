using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox.Gateway;

/// <summary>The token of a request: any will do, and one that begins with <c>app-only</c> has no user in it.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer ";
    private const string AppOnlyPrefix = "app-only";

    private BearerToken(string text)
    {
        HasUser = !text.StartsWith(AppOnlyPrefix, StringComparison.OrdinalIgnoreCase);
    }

    public bool HasUser { get; }

    /// <exception cref="GatewayException">There is none.</exception>
    public static BearerToken Of(SandboxRequest request)
    {
        var header = request.Header("Authorization");
        if (header == null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length == Scheme.Length)
        {
            throw Refuse.Unauthorized("The request has no bearer token.");
        }

        return new BearerToken(header.Substring(Scheme.Length).Trim());
    }
}
