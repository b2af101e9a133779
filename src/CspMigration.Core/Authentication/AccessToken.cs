using System;

namespace CspMigration.Core.Authentication;

/// <summary>An access token for Partner Center. Its text goes into the Authorization header and nowhere else.</summary>
internal sealed class AccessToken
{
    public AccessToken(string value, DateTimeOffset? expiresOn, string? tenantId)
    {
        Value = value;
        ExpiresOn = expiresOn;
        TenantId = tenantId;
    }

    public string Value { get; }

    /// <summary>When it ends, UTC; null where nobody knows.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The tenant it was issued for; null where it does not say.</summary>
    public string? TenantId { get; }

    /// <summary>Hides the value from anything that prints objects.</summary>
    public override string ToString() => "(access token)";
}
