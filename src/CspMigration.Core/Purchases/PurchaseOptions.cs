using System;
using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Purchases;

/// <summary>What a purchase is to be like, where the user says so.</summary>
public sealed record PurchaseOptions
{
    /// <summary>The target's name, offer id, <c>product:sku</c>, directory SKU or part number; null for the map's default.</summary>
    public string? Target { get; init; }

    /// <summary>Number of seats; null for the source's.</summary>
    public int? Quantity { get; init; }

    /// <summary>As many seats as there are users to move, but no fewer than the target is sold with.</summary>
    public bool RightSize { get; init; }

    /// <summary>The billing cycle; null for the source's.</summary>
    public string? BillingCycle { get; init; }

    /// <summary>The term as an ISO 8601 period; null for the source's.</summary>
    public string? Term { get; init; }

    /// <summary>The day the term shall end, in new commerce; null for the full term.</summary>
    public DateTimeOffset? TermEndDate { get; init; }

    /// <summary>Add-ons to buy with the target, each once.</summary>
    public IReadOnlyList<AddOnChoice> AddOns { get; init; } = [];

    /// <summary>The Microsoft partner id of the reseller of record; null for the source's.</summary>
    public string? PartnerIdOnRecord { get; init; }

    /// <summary>What stands before the mark in the friendly name; null for the target's name.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Which commerce may be used.</summary>
    public CommerceChoice Commerce { get; init; }

    /// <summary>How the source gets its target.</summary>
    public MigrationMethod Method { get; init; }

    /// <summary>Whether legacy sources are left to the end of their terms afterwards, where they are billed beside their targets until then.</summary>
    public bool LeavesSourcesToTermEnd { get; init; }

    /// <summary>The outcome of the plan that has been approved: then nothing else happens in its place. Null without such a plan.</summary>
    public TargetOutcome? ApprovedOutcome { get; init; }

    /// <summary>Where the approved row stands in its file, for messages; null without one.</summary>
    public string? ApprovedPlace { get; init; }

    /// <summary>Whether exactly this has been approved.</summary>
    public bool IsApproved => ApprovedOutcome is not null;

    /// <summary>How a source is known to be ended afterwards; null for the default.</summary>
    internal SuspensionOutcome? SourcesEndingOf(ExpiringSubscription source)
    {
        return LeavesSourcesToTermEnd && source.Commerce == CommerceKind.Legacy ? SuspensionOutcome.LeftToTermEnd : null;
    }
}
