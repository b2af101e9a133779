using System;
using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>
/// The target of a source subscription, bought or found. It has no property named SubscriptionId on purpose:
/// piped straight into Suspend-Subscription it must not bind.
/// </summary>
public sealed record TargetSubscription
{
    internal TargetSubscription()
    {
    }

    /// <summary>The partner whose customer this is.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The source, which this one replaces; null where it was bought without a source.</summary>
    public string? SourceSubscriptionId { get; internal init; }

    /// <summary>The target's id; null in a plan that has yet to buy it.</summary>
    public string? TargetSubscriptionId { get; internal init; }

    /// <summary>The catalog item: an offer id, or <c>product:sku</c> in new commerce.</summary>
    public string? OfferId { get; internal init; }

    /// <summary>The catalog item's name.</summary>
    public string? OfferName { get; internal init; }

    /// <summary>The target's directory SKU.</summary>
    public string? SkuId { get; internal init; }

    /// <summary>The source's directory SKU.</summary>
    public string? SourceSkuId { get; internal init; }

    /// <summary>Number of seats of the target.</summary>
    public int Quantity { get; internal init; }

    /// <summary>The billing cycle: <c>monthly</c> or <c>annual</c>.</summary>
    public string? BillingCycle { get; internal init; }

    /// <summary>The term as an ISO 8601 period.</summary>
    public string? TermDuration { get; internal init; }

    /// <summary>The day its term was asked to end, in new commerce; null where none was asked for.</summary>
    public DateTimeOffset? TermEndDate { get; internal init; }

    /// <summary>Its friendly name, which ends in the mark that this module recognizes it by.</summary>
    public string? FriendlyName { get; internal init; }

    /// <summary>The catalog items of the add-ons that are bought with it.</summary>
    public IReadOnlyList<string> AddOns { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Number of units of each of <see cref="AddOns"/>, in the same order.</summary>
    public IReadOnlyList<int> AddOnQuantities { get; internal init => field = ReadableList<int>.Of(value); } = ReadableList<int>.Empty;

    /// <summary>The service's word for its status; <c>planned</c> in a plan.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>The order it was bought with.</summary>
    public string? OrderId { get; internal init; }

    /// <summary>The Microsoft partner id of the reseller of record the purchase carries.</summary>
    public string? PartnerIdOnRecord { get; internal init; }

    /// <summary>What was done to get it.</summary>
    public TargetOutcome Outcome { get; internal init; }

    /// <summary>True where nothing has been sent: later steps then plan only.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>False where both sides share the directory SKU: no user's license has to change.</summary>
    public bool LicenseMoveNeeded { get; internal init; }

    /// <summary>Through which commerce it is bought.</summary>
    public CommerceKind Commerce { get; internal init; }

    /// <summary>The price of all seats for the term, as the cart said; null where there was no cart.</summary>
    public decimal? Price { get; internal init; }

    /// <summary>The currency of <see cref="Price"/>, ISO 4217.</summary>
    public string? Currency { get; internal init; }

    /// <summary>What a plan cannot know, or what an undo did with it, in words; null where there is nothing of the kind.</summary>
    public string? Remark { get; internal init; }

    /// <summary>How the source gets it.</summary>
    public MigrationMethod Method { get; internal init; }

    /// <summary>From when it is there, UTC: now, or for a renewal the first moment after the source's term; null where it is not known.</summary>
    public DateTimeOffset? EffectiveOn { get; internal init; }

    /// <summary>For how many days source and target are both billed, if the source is ended as <c>Suspend-Subscription</c> does by default; null where the source's end is not known.</summary>
    public int? OverlapDays { get; internal init; }

    /// <summary>The last moment, UTC, at which its seats can be reduced; null where there is none, as in legacy, or it is not known.</summary>
    public DateTimeOffset? ReducibleUntil { get; internal init; }

    /// <summary>The last moment, UTC, at which it can be canceled; null where there is none, as in legacy, or it is not known.</summary>
    public DateTimeOffset? CancelableUntil { get; internal init; }

    /// <summary>In a plan, what each method would cost, and until when it could be reduced or taken back; else empty.</summary>
    public IReadOnlyList<MethodPreview> Methods { get; internal init => field = ReadableList<MethodPreview>.Of(value); } = ReadableList<MethodPreview>.Empty;

    /// <summary>The source as it was read; null without a source.</summary>
    public ExpiringSubscription? Source { get; internal init; }

    /// <summary>The offer and the target's id.</summary>
    public override string ToString() => $"{OfferName ?? OfferId} ({TargetSubscriptionId ?? "planned"}) of {CustomerName ?? CustomerId}";
}
