using System;
using CspMigration.Contracts;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about a purchase: what its intent and its outcome have alike.</summary>
internal abstract record PurchaseEntry : MigrationEntry
{
    /// <summary>The idempotency key of the request: what ties intent and outcome together. Null only where the line was changed by hand.</summary>
    [JsonProperty("request", Order = AtFirst + 3)]
    public Guid? RequestId { get; init; }

    /// <summary>How the target is obtained. Null only where the line was changed by hand.</summary>
    [JsonProperty("way")]
    public JournalMethod? Method { get; init; }

    [JsonProperty("offer")]
    public CatalogItemId? OfferId { get; init; }

    /// <summary>The seats there are to be in all.</summary>
    [JsonProperty("quantity")]
    public int? Quantity { get; init; }

    /// <summary>The seats that were asked for, where the user said how many.</summary>
    [JsonProperty("asked")]
    public int? QuantityAsked { get; init; }

    /// <summary>The seats before a resize.</summary>
    [JsonProperty("before")]
    public int? QuantityBefore { get; init; }

    [JsonProperty("friendlyName")]
    public string? FriendlyName { get; init; }

    /// <summary>The order: of the intent for an add-on that of its base, of the outcome that which was accepted.</summary>
    [JsonProperty("order")]
    public OrderId? OrderId { get; init; }

    /// <summary>The subscription: of the intent the one that is used or changed, of the outcome the target.</summary>
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }

    /// <summary>How the target came into the customer's hands.</summary>
    public TargetOutcome Outcome => Method switch
    {
        JournalMethod.Reuse => TargetOutcome.Reused,
        JournalMethod.Reactivation => TargetOutcome.Reactivated,
        JournalMethod.Resize => TargetOutcome.Resized,
        JournalMethod.Conversion => TargetOutcome.Converted,
        JournalMethod.Transition => TargetOutcome.Transitioned,
        JournalMethod.Renewal => TargetOutcome.Scheduled,
        _ => TargetOutcome.Purchased,
    };

    /// <summary>Whether the source itself becomes the target, by the service.</summary>
    public bool IsInPlace => Method is JournalMethod.Transition or JournalMethod.Renewal;

    /// <summary>Whether a subscription is ordered, not used or changed.</summary>
    public bool IsOrder => Method is JournalMethod.Order or JournalMethod.AddOnOrder or JournalMethod.Cart;
}
