using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.State;

/// <summary>A subscription of one customer, as of the last time it was brought up to date with the clock.</summary>
internal sealed class Subscription
{
    private int _formerSeats;
    private DateTimeOffset _seatsFrom;

    public string Id { get; init; } = "";

    public Commerce Commerce { get; init; }

    /// <summary>A GUID, or <c>product:sku:availability</c>.</summary>
    public string OfferId { get; set; } = "";

    public string OfferName { get; set; } = "";

    public DirectorySku Sku { get; init; } = null!;

    public string OrderId { get; set; } = "";

    public string? ParentId { get; init; }

    public string FriendlyName { get; set; } = "";

    public string PartnerId { get; set; } = "";

    public int Quantity { get; private set; }

    public string BillingCycle { get; set; } = "";

    /// <summary>An ISO 8601 period; legacy subscriptions have a term of one year without saying so.</summary>
    public string Term { get; set; } = "P1Y";

    public bool IsTrial { get; set; }

    /// <summary>Bought beside a base subscription rather than in place of one.</summary>
    public bool IsAddOn { get; init; }

    public bool AutoRenew { get; set; }

    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>The last day of the term: the subscription runs through it.</summary>
    public DateTimeOffset CommitmentEndDate { get; set; }

    public SubscriptionStatus Status { get; private set; }

    public DateTimeOffset StatusSince { get; private set; }

    /// <summary>Counts the writes; an etag names one version.</summary>
    public int Version { get; private set; } = 1;

    public bool IsProvisionable { get; init; } = true;

    /// <summary>What the purchase was marked with: the first eight digits of each source's id. Empty for what the scenario set up.</summary>
    public IReadOnlyList<string> PurchasedFor { get; init; } = [];

    public bool WasBoughtHere { get; init; }

    public bool IsLive => Status == SubscriptionStatus.Active;

    public DateTimeOffset EndOfTerm => Calendar.EndOf(CommitmentEndDate);

    /// <summary>Sets the number of seats; additional ones reach the directory only when they are provisioned.</summary>
    public void SetQuantity(int quantity, DateTimeOffset now, TimeSpan provisioningDelay)
    {
        _formerSeats = Math.Min(Seats(now), quantity);
        _seatsFrom = quantity > _formerSeats ? now + provisioningDelay : now;
        Quantity = quantity;
    }

    /// <summary>The seats the directory knows of.</summary>
    public int Seats(DateTimeOffset now) => !IsProvisionable ? 0 : now >= _seatsFrom ? Quantity : _formerSeats;

    public bool IsProvisioned(DateTimeOffset now) => now >= _seatsFrom;

    public void SetStatus(SubscriptionStatus status, DateTimeOffset since)
    {
        Status = status;
        StatusSince = since;
    }

    public void Touch() => Version++;
}
