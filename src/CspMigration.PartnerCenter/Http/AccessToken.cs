using System;

namespace CspMigration.PartnerCenter.Http;

/// <summary>An access token for Partner Center. Its text goes into the Authorization header and nowhere else.</summary>
internal sealed class AccessToken
{
    private AccessToken(string value, TokenClaims? claims, DateTimeOffset? expiresOn, bool? isAppOnly)
    {
        Value = value;
        ExpiresOn = expiresOn ?? claims?.ExpiresOn;
        TenantId = claims?.TenantId;
        IsAppOnly = isAppOnly ?? claims?.IsAppOnly;
    }

    public string Value { get; }

    /// <summary>When it ends, UTC; null where nobody knows.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The tenant it was issued for; null where it does not say.</summary>
    public string? TenantId { get; }

    /// <summary>True for an application's own token, false for one on behalf of a user; null where it does not say.</summary>
    public bool? IsAppOnly { get; }

    /// <summary>A token with what it says of itself.</summary>
    /// <param name="value">The token.</param>
    /// <param name="expiresOn">When it ends, where known better than by the token.</param>
    /// <param name="isAppOnly">Whether it has no user in it, where known better than by the token.</param>
    public static AccessToken Of(string value, DateTimeOffset? expiresOn = null, bool? isAppOnly = null) =>
        new(value, TokenClaims.TryRead(value), expiresOn, isAppOnly);

    /// <summary>Hides the value from anything that prints objects.</summary>
    public override string ToString() => "(access token)";
}
