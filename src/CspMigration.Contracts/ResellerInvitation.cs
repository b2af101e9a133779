using System;

namespace CspMigration.Contracts;

/// <summary>An invitation to become a customer, ready to be mailed. Nothing has been sent.</summary>
public sealed record ResellerInvitation
{
    internal ResellerInvitation()
    {
    }

    /// <summary>The partner who invites.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's mail address or domain.</summary>
    public string Customer { get; internal init; } = "";

    /// <summary>The link a global administrator of the customer opens to accept.</summary>
    public Uri? Link { get; internal init; }

    /// <summary>The mail's subject.</summary>
    public string Subject { get; internal init; } = "";

    /// <summary>The mail's text.</summary>
    public string Body { get; internal init; } = "";
}
