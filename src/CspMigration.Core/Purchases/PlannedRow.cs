using System;
using System.Collections.Generic;

namespace CspMigration.Core.Purchases;

/// <summary>
/// A row of an approved plan: the purchase, and the source as it was when the plan was made. The plan's author is not
/// trusted for more than this.
/// </summary>
public sealed class PlannedRow
{
    /// <summary>Where it stands in the file, for messages, such as <c>Row 3 of plan.json</c>.</summary>
    public string Place { get; set; } = "";

    /// <summary>The partner it was made for.</summary>
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The source subscription.</summary>
    public string? SourceSubscriptionId { get; set; }

    internal SubscriptionId? SourceId => SubscriptionId.FromOrNull(SourceSubscriptionId);

    /// <summary>Whether it is not a purchase but a whole migration, which has the purchase in it.</summary>
    public bool IsMigration { get; set; }

    /// <summary>The catalog item.</summary>
    public string? OfferId { get; set; }

    /// <summary>The same as an id; null where the plan does not say.</summary>
    internal CatalogItemId? CatalogItem => CatalogItemId.FromOrNull(OfferId);

    /// <summary>Number of seats.</summary>
    public int? Quantity { get; set; }

    /// <summary>The billing cycle.</summary>
    public string? BillingCycle { get; set; }

    /// <summary>The term.</summary>
    public string? TermDuration { get; set; }

    /// <summary>The day the term shall end; null for the full term.</summary>
    public DateTimeOffset? TermEndDate { get; set; }

    /// <summary>The friendly name, with its mark.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The catalog items of the add-ons to buy with it.</summary>
    public IReadOnlyList<string> AddOns { get; set; } = [];

    /// <summary>The units of each of them, in the same order; null for what is no number.</summary>
    public IReadOnlyList<int?> AddOnQuantities { get; set; } = [];

    /// <summary>Legacy or NewCommerce.</summary>
    public string? Commerce { get; set; }

    /// <summary>What was to be done.</summary>
    public string? Outcome { get; set; }

    /// <summary>How the source is to get its target; null in plans of 0.1.0, which purchase.</summary>
    public string? Method { get; set; }

    /// <summary>The Microsoft partner id of the reseller of record.</summary>
    public string? PartnerIdOnRecord { get; set; }

    /// <summary>Whether the row has its source.</summary>
    public bool HasSource { get; set; }

    /// <summary>The source's seats.</summary>
    public int? SourceQuantity { get; set; }

    /// <summary>The source's status.</summary>
    public string? SourceStatus { get; set; }

    /// <summary>Whether the source renewed.</summary>
    public bool? SourceAutoRenewEnabled { get; set; }

    /// <summary>What was to happen at the end of the source's term; null in plans of 0.1.0.</summary>
    public string? SourceEndOfTerm { get; set; }

    /// <summary>The end of the source's term.</summary>
    public DateTimeOffset? SourceCommitmentEndDate { get; set; }
}
