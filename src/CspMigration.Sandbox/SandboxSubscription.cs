using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A subscription.</summary>
/// <param name="Id">The subscription's id.</param>
/// <param name="OfferId">A GUID, or <c>product:sku:availability</c>.</param>
/// <param name="OfferName">The offer's name.</param>
/// <param name="FriendlyName">The friendly name, set by the partner.</param>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="Quantity">The number of seats, including those not provisioned yet.</param>
/// <param name="Status">The status in the service's spelling, in lower case.</param>
/// <param name="AutoRenewEnabled">Whether it renews.</param>
/// <param name="CommitmentEndDate">The last day of the term.</param>
/// <param name="ParentSubscriptionId">Of an add-on: its base.</param>
/// <param name="ProductId">The product of new commerce; null for a license-based offer.</param>
/// <param name="TermDuration">The term as an ISO 8601 period.</param>
/// <param name="EndOfTerm">What happens when the term ends: <c>Renews</c>, <c>RenewsIntoAnother</c>, <c>Ends</c> or <c>Extends</c>; <c>Ends</c> for what is not active.</param>
/// <param name="ScheduledActions">What is scheduled for the end of the term, at most one.</param>
public sealed record SandboxSubscription(
    string Id,
    string OfferId,
    string OfferName,
    string FriendlyName,
    string SkuId,
    int Quantity,
    string Status,
    bool AutoRenewEnabled,
    string CommitmentEndDate,
    string? ParentSubscriptionId,
    string? ProductId,
    string TermDuration,
    string EndOfTerm,
    IReadOnlyList<SandboxScheduledAction> ScheduledActions);
