using System;

namespace CspMigration.Contracts;

/// <summary>The source after the last step.</summary>
public sealed record SuspendedSubscription
{
    internal SuspendedSubscription()
    {
    }

    /// <summary>The partner whose customer this is.</summary>
    public string PartnerTenantId { get; internal init; } = "";

    /// <summary>The customer's tenant id.</summary>
    public string CustomerId { get; internal init; } = "";

    /// <summary>The customer's company name.</summary>
    public string? CustomerName { get; internal init; }

    /// <summary>The source's id; null for units of another channel.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>The old offer's name.</summary>
    public string? OfferName { get; internal init; }

    /// <summary>The service's word for its status now; in a plan, as it will be.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>What was done.</summary>
    public SuspensionOutcome Outcome { get; internal init; }

    /// <summary>True where nothing has been sent.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>When it was suspended, UTC; null where it was not, or where unknown.</summary>
    public DateTimeOffset? SuspendedOn { get; internal init; }

    /// <summary>The last moment to make it active again, UTC: the earlier of 90 days after <see cref="SuspendedOn"/> and the end of its term.</summary>
    public DateTimeOffset? ReactivateBefore { get; internal init; }

    /// <summary>From when its data may be gone, UTC; the same moment as <see cref="ReactivateBefore"/>.</summary>
    public DateTimeOffset? DataDeletedFrom { get; internal init; }

    /// <summary>By when its data is gone, UTC: 120 days after <see cref="SuspendedOn"/>.</summary>
    public DateTimeOffset? DataDeletedBy { get; internal init; }

    /// <summary>Why: the reason given, and what to know about it.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The offer and the subscription's id.</summary>
    public override string ToString() => $"{OfferName} ({SubscriptionId ?? "other channel"}) of {CustomerName ?? CustomerId}";
}
