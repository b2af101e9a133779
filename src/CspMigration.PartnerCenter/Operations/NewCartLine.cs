using System;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>What a cart asks for.</summary>
internal sealed class NewCartLine
{
    /// <summary><c>product:sku:availability</c>, or a legacy offer's id.</summary>
    public required CatalogItemId CatalogItemId { get; init; }

    public required string FriendlyName { get; init; }

    public required int Quantity { get; init; }

    public required string BillingCycle { get; init; }

    /// <summary>ISO 8601; null where the catalog item has no terms.</summary>
    public string? TermDuration { get; init; }

    /// <summary>The day the term shall end instead, so that terms end together; null for the full term.</summary>
    public DateTimeOffset? CustomTermEndDate { get; init; }

    /// <summary>The Microsoft partner id of the reseller of record; null for none.</summary>
    public string? PartnerIdOnRecord { get; init; }
}
