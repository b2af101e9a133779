using System;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A source as it was when its migration began: what the service no longer shows when it is over.</summary>
internal sealed record SourceFound : MigrationEntry
{
    /// <summary>The customer's company name.</summary>
    [JsonProperty("customerName")]
    public string? CustomerName { get; init; }

    /// <summary>The end of its term.</summary>
    [JsonProperty("commitmentEnd")]
    public DateTimeOffset? CommitmentEndDate { get; init; }

    [JsonProperty("offer")]
    public CatalogItemId? OfferId { get; init; }

    [JsonProperty("offerName")]
    public string? OfferName { get; init; }

    /// <summary>Its directory SKU.</summary>
    [JsonProperty("sku")]
    public SkuId? SkuId { get; init; }

    [JsonProperty("quantity")]
    public int? Quantity { get; init; }

    [JsonProperty("billingCycle")]
    public string? BillingCycle { get; init; }

    [JsonProperty("term")]
    public string? TermDuration { get; init; }

    /// <summary>The base of an add-on.</summary>
    [JsonProperty("parent")]
    public SubscriptionId? ParentSubscriptionId { get; init; }

    /// <summary>Its subscription; null for units of another channel.</summary>
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }
}
