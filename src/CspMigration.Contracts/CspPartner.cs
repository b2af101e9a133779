using System;

namespace CspMigration.Contracts;

/// <summary>A connection to Partner Center: the handle that <c>-Context</c> takes. It carries no secret.</summary>
public sealed record CspPartner
{
    internal CspPartner()
    {
    }

    /// <summary>The partner's tenant id.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The partner's company name.</summary>
    public string? Name { get; internal init; }

    /// <summary>The partner's country, ISO 3166 two letters.</summary>
    public string? Country { get; internal init; }

    /// <summary>The cloud.</summary>
    public PartnerEnvironment Environment { get; internal init; }

    /// <summary>The address requests go to.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>How it signed in, such as <c>AccessToken</c>, <c>RefreshToken</c> or <c>Sandbox</c>.</summary>
    public string AuthenticationMode { get; internal init; } = "";

    /// <summary>When the access token of the sign-in ended or ends, UTC; null where it does not say. All but a plain access token are renewed before.</summary>
    public DateTimeOffset? TokenExpiresOn { get; internal init; }

    /// <summary>The journal's file; null where the journal is kept in memory.</summary>
    public string? JournalPath { get; internal init; }

    /// <summary>Whether this is the embedded sandbox.</summary>
    public bool IsSandbox { get; internal init; }

    /// <summary>Through which service users' licenses are read and moved.</summary>
    public LicenseApi LicenseApi { get; internal init; }

    /// <summary>The name and the tenant id.</summary>
    public override string ToString() => $"{Name} ({PartnerTenantId})";
}
