using CspMigration.Contracts;

namespace CspMigration.Core.Catalog;

/// <summary>Which offers to list.</summary>
public sealed class OfferQuery
{
    /// <summary>The country, ISO 3166 two letters; null for the customer's, else the partner's.</summary>
    public string? Country { get; set; }

    /// <summary>The customer whose country and segments count; null for none.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The name, wildcards allowed.</summary>
    public string Name { get; set; } = "*";

    /// <summary>A billing cycle it must be sold with; null for any.</summary>
    public string? BillingCycle { get; set; }

    /// <summary>A customer segment; null for any, or for those a given customer may buy for.</summary>
    public string? Segment { get; set; }

    /// <summary>Only trials.</summary>
    public bool Trial { get; set; }

    /// <summary>Also what is in the catalog and cannot be bought.</summary>
    public bool IncludeUnavailable { get; set; }

    /// <summary>Which commerce to look in.</summary>
    public CommerceChoice Commerce { get; set; }
}
