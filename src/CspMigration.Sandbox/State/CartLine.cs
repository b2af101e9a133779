using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>A line of a cart as the client sent it, and its error.</summary>
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

    /// <summary>The custom end of the term; null for none.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    /// <summary>The base subscription of a license-based add-on; null for none.</summary>
    public string? ParentId { get; init; }

    /// <summary>License-based add-ons purchased with this line.</summary>
    public IReadOnlyList<CartLine> AddOns { get; init; } = [];

    /// <summary>The lines of one group become one order.</summary>
    public string OrderGroup { get; set; } = "";

    /// <summary>The price of one seat for one billing period.</summary>
    public decimal Price { get; set; }

    public Promotion? Promotion { get; set; }

    public (int Code, string Description)? Error { get; set; }

    public bool IsLegacy => CatalogItemId.IndexOf(':') < 0;
}
