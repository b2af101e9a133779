using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>A line of a cart as the client wrote it, and what is wrong with it.</summary>
internal sealed class CartLine
{
    public int Id { get; init; }

    /// <summary><c>product:sku:availability</c>, or the id of a license-based offer.</summary>
    public string CatalogItemId { get; init; } = "";

    public string? FriendlyName { get; init; }

    public int Quantity { get; init; }

    public string? Term { get; init; }

    public string BillingCycle { get; init; } = "";

    public PartnersOfRecord Partners { get; init; } = PartnersOfRecord.None;

    public string? PromotionId { get; init; }

    /// <summary>Where the term shall end to end with others.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    /// <summary>Of a license-based add-on: the subscription it is bought for.</summary>
    public string? ParentId { get; init; }

    /// <summary>License-based add-ons bought with this line.</summary>
    public IReadOnlyList<CartLine> AddOns { get; init; } = [];

    /// <summary>Lines of one group become one order.</summary>
    public string OrderGroup { get; set; } = "";

    /// <summary>By the price list, for one seat and billing period.</summary>
    public decimal Price { get; set; }

    public Promotion? Promotion { get; set; }

    public (int Code, string Description)? Error { get; set; }

    public bool IsLegacy => CatalogItemId.IndexOf(':') < 0;
}
