using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>Everything in the sandbox, as it is and not as the service shows it.</summary>
public sealed class SandboxState
{
    private readonly IReadOnlyList<string>? _violations;

    /// <summary>Creates a state.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="violations">What an observer has found; null where nobody looked on.</param>
    public SandboxState(IReadOnlyList<SandboxCustomer> customers, IReadOnlyList<string>? violations)
    {
        Customers = customers;
        _violations = violations;
    }

    /// <summary>All customers.</summary>
    public IReadOnlyList<SandboxCustomer> Customers { get; }

    /// <summary>What an observer of the sandbox has found, in the order of events.</summary>
    /// <exception cref="InvalidOperationException">Nobody looked on, so nothing is known.</exception>
    public IReadOnlyList<string> Violations => _violations ?? throw new InvalidOperationException("Nobody observes this sandbox, so its violations are unknown.");

    internal bool IsObserved => _violations != null;
}

/// <summary>A customer.</summary>
/// <param name="Id">The tenant id.</param>
/// <param name="CompanyName">The company's name.</param>
/// <param name="Country">Two letters.</param>
/// <param name="Relationship">The relationship to the partner: <c>reseller</c>, <c>advisor</c> or <c>none</c>.</param>
/// <param name="Subscriptions">Its subscriptions, deleted ones too.</param>
/// <param name="Users">Its users, deleted ones too.</param>
/// <param name="Orders">Its orders, listed by the service or not yet.</param>
public sealed record SandboxCustomer(
    string Id,
    string CompanyName,
    string Country,
    string Relationship,
    IReadOnlyList<SandboxSubscription> Subscriptions,
    IReadOnlyList<SandboxUser> Users,
    IReadOnlyList<SandboxOrder> Orders);

/// <summary>A subscription.</summary>
/// <param name="Id">The subscription's id.</param>
/// <param name="OfferId">A GUID, or <c>product:sku:availability</c>.</param>
/// <param name="OfferName">The offer's name.</param>
/// <param name="FriendlyName">The name the partner gave it.</param>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="Quantity">Number of seats, provisioned or not yet.</param>
/// <param name="Status">As the service says it, in lower case.</param>
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

/// <summary>What is scheduled for the end of a term.</summary>
/// <param name="ActionType"><c>Cancel</c>, <c>RenewToNewTerm</c> or <c>RenewToExtendedServiceTerm</c>.</param>
/// <param name="OfferId">Of a new term: its <c>product:sku:availability</c>.</param>
/// <param name="TermDuration">Of a new term: an ISO 8601 period.</param>
/// <param name="Quantity">Of a new term: its seats.</param>
public sealed record SandboxScheduledAction(string ActionType, string? OfferId, string? TermDuration, int? Quantity);

/// <summary>A user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserPrincipalName">The user's name to sign in with.</param>
/// <param name="UsageLocation">Two letters, or null.</param>
/// <param name="Licenses">What the user holds.</param>
public sealed record SandboxUser(string Id, string UserPrincipalName, string? UsageLocation, IReadOnlyList<SandboxLicense> Licenses);

/// <summary>A license of a user.</summary>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="DisabledPlans">The ids of the plans switched off.</param>
/// <param name="InheritedFromGroup">Whether it came through a group.</param>
public sealed record SandboxLicense(string SkuId, IReadOnlyList<string> DisabledPlans, bool InheritedFromGroup);

/// <summary>An order.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Origin"><c>scenario</c>, or <c>api</c> for what was ordered here.</param>
/// <param name="LineItems">Its lines.</param>
public sealed record SandboxOrder(string Id, string Origin, IReadOnlyList<SandboxOrderLine> LineItems);

/// <summary>A line of an order.</summary>
/// <param name="OfferId">What was ordered.</param>
/// <param name="SubscriptionId">What it became, told by the service or not yet.</param>
/// <param name="Quantity">How many seats.</param>
public sealed record SandboxOrderLine(string OfferId, string SubscriptionId, int Quantity);
