using System;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>One checked item of a purchase.</summary>
internal sealed class PurchaseLine
{
    /// <summary>The line's number in the order; null for the next one.</summary>
    public int? Number { get; set; }

    public string OfferId { get; init; } = "";

    public string OfferName { get; init; } = "";

    public DirectorySku Sku { get; init; } = null!;

    public int Quantity { get; init; }

    public string FriendlyName { get; init; } = "";

    public string BillingCycle { get; init; } = "";

    public string Term { get; init; } = "P1Y";

    /// <summary>The last day of the term; null for a whole term.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    public PartnersOfRecord Partners { get; init; } = PartnersOfRecord.None;

    public Promotion? Promotion { get; init; }

    /// <summary>The price of one seat for one billing period.</summary>
    public decimal Price { get; init; }

    public string? ParentId { get; init; }

    /// <summary>Null for the default: everything except trials renews.</summary>
    public bool? AutoRenew { get; init; }

    /// <summary>The legacy subscription that it was migrated from; null for a purchase.</summary>
    public string? MigratedFromId { get; init; }

    public bool IsTrial { get; init; }

    public bool IsAddOn { get; init; }

    public PurchaseLine WithNumber(int number)
    {
        Number = number;
        return this;
    }

    /// <summary>A line for a license-based offer.</summary>
    public static PurchaseLine Of(
        Offer offer, int quantity, string billingCycle, string? friendlyName, PartnersOfRecord partners, int? number = null, string? parentId = null) => new()
        {
            Number = number,
            OfferId = offer.Id,
            OfferName = offer.Name,
            Sku = offer.Sku,
            Quantity = quantity,
            FriendlyName = friendlyName ?? offer.Name,
            BillingCycle = billingCycle,
            Term = offer.IsTrial ? "P30D" : "P1Y",
            Partners = partners,
            Price = PriceList.Of(offer, billingCycle),
            ParentId = parentId,
            IsTrial = offer.IsTrial,
            IsAddOn = offer.IsAddOn,
        };
}
