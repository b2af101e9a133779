using System;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A purchase is about to be sent.</summary>
internal sealed record PurchaseIntended : PurchaseEntry
{
    /// <summary>How far the clocks of the service and of this machine may be apart.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    [JsonProperty("offerName")]
    public string? OfferName { get; init; }

    /// <summary>The directory SKU of the target.</summary>
    [JsonProperty("sku")]
    public SkuId? SkuId { get; init; }

    [JsonProperty("billingCycle")]
    public string? BillingCycle { get; init; }

    [JsonProperty("term")]
    public string? TermDuration { get; init; }

    /// <summary>The day the term was asked to end; absent for the full term.</summary>
    [JsonProperty("termEnd")]
    public DateTimeOffset? TermEndDate { get; init; }

    [JsonProperty("partnerOnRecord")]
    public string? PartnerIdOnRecord { get; init; }

    /// <summary>The base of an add-on.</summary>
    [JsonProperty("parent")]
    public SubscriptionId? ParentSubscriptionId { get; init; }

    /// <summary>The directory SKU of a source that becomes the target in place.</summary>
    [JsonProperty("fromSku")]
    public SkuId? FromSkuId { get; init; }

    /// <summary>What a source that becomes the target at its renewal was to do at the end of its term before.</summary>
    [JsonProperty("termEndBefore")]
    public TermEndRecord? TermEndBefore { get; init; }

    [JsonProperty("cart")]
    public string? CartId { get; init; }

    /// <summary>Since when an order can be this one.</summary>
    [JsonIgnore]
    public DateTimeOffset Earliest => At - ClockDifference;

    /// <summary>Its outcome.</summary>
    /// <param name="at">Now.</param>
    /// <param name="orderId">The order; null where it is not known.</param>
    /// <param name="subscriptionId">The target; null while it is not known.</param>
    public PurchaseSettled Done(DateTimeOffset at, OrderId? orderId, SubscriptionId? subscriptionId) => Settle(at) with { Done = true, OrderId = orderId, SubscriptionId = subscriptionId };

    /// <summary>Its outcome where the service refused it.</summary>
    /// <param name="at">Now.</param>
    /// <param name="reason">The service's code, else an error id.</param>
    public PurchaseSettled Refused(DateTimeOffset at, string? reason) => Settle(at) with { Done = false, Reason = reason };

    private PurchaseSettled Settle(DateTimeOffset at)
    {
        return new PurchaseSettled
        {
            At = at,
            CustomerId = CustomerId,
            Sources = Sources,
            RequestId = RequestId,
            Method = Method,
            OfferId = OfferId,
            Quantity = Quantity,
            QuantityAsked = QuantityAsked,
            QuantityBefore = QuantityBefore,
            FriendlyName = FriendlyName,
        };
    }
}
