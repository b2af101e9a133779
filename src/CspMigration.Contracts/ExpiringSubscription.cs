using System;
using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>
/// A customer's license-based subscription as the service described it when it was read.
/// </summary>
public sealed record ExpiringSubscription
{
    internal ExpiringSubscription()
    {
    }

    /// <summary>The partner whose customer this is; records of another partner are refused.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The customer's domain, such as <c>contoso.onmicrosoft.com</c>.</summary>
    public string? CustomerDomain { get; internal init; }

    /// <summary>The customer's country, ISO 3166 two letters; null until a step has read it.</summary>
    public string? Country { get; internal init; }

    /// <summary>The subscription's id; null for units bought through another channel.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>The offer's id: a GUID, or <c>product:sku:availability</c> in new commerce.</summary>
    public string? OfferId { get; internal init; }

    /// <summary>The offer's name.</summary>
    public string? OfferName { get; internal init; }

    /// <summary>The subscription's nickname.</summary>
    public string? FriendlyName { get; internal init; }

    /// <summary>The directory SKU its licenses belong to; null until a step has read it.</summary>
    public string? SkuId { get; internal init; }

    /// <summary>Number of seats.</summary>
    public int Quantity { get; internal init; }

    /// <summary>The service's word for its status, such as <c>active</c> or <c>suspended</c>.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>The service's word for its billing cycle, such as <c>monthly</c> or <c>annual</c>.</summary>
    public string? BillingCycle { get; internal init; }

    /// <summary>The term as an ISO 8601 period (<c>P1M</c>, <c>P1Y</c>, <c>P3Y</c>); null where the service names none.</summary>
    public string? TermDuration { get; internal init; }

    /// <summary>Whether the service renews it at its end.</summary>
    public bool AutoRenewEnabled { get; internal init; }

    /// <summary>Whether it is a trial.</summary>
    public bool IsTrial { get; internal init; }

    /// <summary>The base subscription, where this is an add-on.</summary>
    public string? ParentSubscriptionId { get; internal init; }

    /// <summary>The subscription ids of its add-ons.</summary>
    public IReadOnlyList<string> AddOns { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>The last moment of the term, UTC; null where the service names none.</summary>
    public DateTimeOffset? CommitmentEndDate { get; internal init; }

    /// <summary>Whole days from the reading to the end of the term; null without an end date.</summary>
    public int? DaysLeft { get; internal init; }

    /// <summary>What happens when its term ends.</summary>
    public EndOfTerm EndOfTerm { get; internal init; }

    /// <summary>As Partner Center shows it: <c>Expires on 2027-01-13</c> or <c>Auto renews on 2027-01-13</c>; and whether it extends then, or as what it renews.</summary>
    public string RenewalStatus { get; internal init; } = "";

    /// <summary>Through which commerce it was bought.</summary>
    public CommerceKind Commerce { get; internal init; }

    /// <summary>The order it was bought with.</summary>
    public string? OrderId { get; internal init; }

    /// <summary>The Microsoft partner id of the reseller of record.</summary>
    public string? PartnerIdOnRecord { get; internal init; }

    /// <summary>The targets the SKU map names, the default first; empty where the map has no row.</summary>
    public IReadOnlyList<SkuTarget> Targets { get; internal init => field = ReadableList<SkuTarget>.Of(value); } = ReadableList<SkuTarget>.Empty;

    /// <summary>How far its migration has come, by service and journal.</summary>
    public MigrationState MigrationState { get; internal init; }

    /// <summary>True where it shows what a change would make of it, and nothing has been sent: later steps then plan only.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>The offer and the subscription's id.</summary>
    public override string ToString() => $"{OfferName ?? OfferId} ({SubscriptionId ?? "other channel"}) of {CustomerName ?? CustomerId}";
}
