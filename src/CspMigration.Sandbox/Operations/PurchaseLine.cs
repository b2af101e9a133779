using System;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.Operations;

/// <summary>One thing to buy, found and checked.</summary>
internal sealed class PurchaseLine
{
    /// <summary>The line's number on the order; null for the next.</summary>
    public int? Number { get; init; }

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

    /// <summary>A licence-based offer.</summary>
    public static PurchaseLine Of(
        Offer offer, int quantity, string billingCycle, string? friendlyName, string? partnerId, int? number = null, string? parentId = null) => new()
        {
            Number = number,
            OfferId = offer.Id,
            OfferName = offer.Name,
            Sku = offer.Sku,
            Quantity = quantity,
            FriendlyName = friendlyName ?? offer.Name,
            BillingCycle = billingCycle,
            Term = offer.IsTrial ? "P30D" : "P1Y",
            PartnerId = partnerId ?? "",
            ParentId = parentId,
            IsTrial = offer.IsTrial,
            IsAddOn = offer.IsAddOn,
        };
}
