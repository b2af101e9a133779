using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>An access token for Partner Center. Its text goes into the Authorization header and nowhere else.</summary>
internal sealed class AccessToken
{
    private AccessToken(string value, TokenClaims? claims, DateTimeOffset? expiresOn, bool? isAppOnly, IEnumerable<string> scopes)
    {
        Value = value;
        ExpiresOn = expiresOn ?? claims?.ExpiresOn;
        TenantId = claims?.TenantId;
        IsAppOnly = isAppOnly ?? claims?.IsAppOnly;
        Scopes = [.. scopes.Concat(claims?.Scopes ?? []).Select(scope => scope.Substring(scope.LastIndexOf('/') + 1))];
    }

    public string Value { get; }

    /// <summary>When it ends, UTC; null where unknown.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The tenant it was issued for; null where it does not say.</summary>
    public string? TenantId { get; }

    /// <summary>True for an application's own token, false for one on behalf of a user; null where it does not say.</summary>
    public bool? IsAppOnly { get; }

    /// <summary>What it permits on behalf of a user, without the name of the service; empty where unknown.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>A token with what it says of itself.</summary>
    /// <param name="value">The token.</param>
    /// <param name="expiresOn">When it ends, where known better than by the token.</param>
    /// <param name="isAppOnly">Whether it has no user in it, where known better than by the token.</param>
    /// <param name="scopes">What it permits, as the sign-in says.</param>
    public static AccessToken Of(string value, DateTimeOffset? expiresOn = null, bool? isAppOnly = null, IEnumerable<string>? scopes = null) =>
        new(value, TokenClaims.TryRead(value), expiresOn, isAppOnly, scopes ?? []);

    /// <summary>Hides the value from anything that prints objects.</summary>
    public override string ToString() => "(access token)";
}
