using System;
using System.Linq;
using System.Text;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.SignIn;

/// <summary>The form of a sign-in request.</summary>
internal sealed class TokenRequest
{
    private static readonly string[] ProtocolScopes = ["openid", "profile", "offline_access", "email"];

    private readonly QueryString _form;

    public TokenRequest(Call call)
    {
        _form = new QueryString(Encoding.UTF8.GetString(call.Request.Body));
        Tenant = call["tenant"];
        Origin = call.Request.Origin;
    }

    public string Tenant { get; }

    /// <summary>The tenant's id; the partner's if the tenant is not named by an id.</summary>
    public string TenantId => Guid.TryParse(Tenant, out var id) ? id.ToString("D") : PartnerIdentity.TenantId;

    /// <summary>Scheme, host and port the client used.</summary>
    public string Origin { get; }

    public string? this[string parameter] => _form[parameter];

    /// <summary>The scope of the token, without the scopes of the protocol itself.</summary>
    public string Scope => string.Join(
        " ", (this["scope"] ?? this["resource"] ?? "").Split(' ').Where(scope => scope.Length > 0 && !ProtocolScopes.Contains(scope, AnyCase.Comparer)).ToArray());

    /// <summary>Whether the token is for Microsoft Graph, in any cloud.</summary>
    public bool IsForGraph => Scope.IndexOf("graph", StringComparison.OrdinalIgnoreCase) >= 0;

    public string Require(string parameter) => this[parameter] ?? throw SignInException.Missing(parameter);
}
