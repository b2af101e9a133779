using System;
using System.Linq;
using System.Text;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.SignIn;

/// <summary>What a client sent to a sign-in endpoint.</summary>
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

    /// <summary>The tenant's id: of a tenant named otherwise, the partner's.</summary>
    public string TenantId => Guid.TryParse(Tenant, out var id) ? id.ToString("D") : PartnerIdentity.TenantId;

    /// <summary>Scheme, host and port the client used.</summary>
    public string Origin { get; }

    public string? this[string parameter] => _form[parameter];

    /// <summary>What the token is for, without what only steers the protocol.</summary>
    public string Scope => string.Join(
        " ", (this["scope"] ?? this["resource"] ?? "").Split(' ').Where(scope => scope.Length > 0 && !ProtocolScopes.Contains(scope, AnyCase.Comparer)).ToArray());

    public string Require(string parameter) => this[parameter] ?? throw SignInException.Missing(parameter);
}
