using System;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.Operations;

/// <summary>One thing to buy, found and checked.</summary>
internal sealed class PurchaseLine
{
    public string OfferId { get; init; } = "";

    public string OfferName { get; init; } = "";

    public DirectorySku Sku { get; init; } = null!;

    public int Quantity { get; init; }

    public string FriendlyName { get; init; } = "";

    public string BillingCycle { get; init; } = "";

    public string Term { get; init; } = "P1Y";

    /// <summary>The last day, where it is not that of a whole term.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    public string PartnerId { get; init; } = "";

    public string? ParentId { get; init; }

    public bool IsTrial { get; init; }

    public bool IsAddOn { get; init; }
}
