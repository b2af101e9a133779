using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A customer.</summary>
/// <param name="Id">The tenant id.</param>
/// <param name="CompanyName">The company's name.</param>
/// <param name="Country">Two letters.</param>
/// <param name="Relationship">The relationship to the partner: <c>reseller</c>, <c>advisor</c> or <c>none</c>.</param>
/// <param name="Subscriptions">Its subscriptions, deleted ones too.</param>
/// <param name="Users">Its users, deleted ones too.</param>
/// <param name="Orders">Its orders, listed by the service or not yet.</param>
/// <param name="Groups">Its groups that assign licenses.</param>
public sealed record SandboxCustomer(
    string Id,
    string CompanyName,
    string Country,
    string Relationship,
    IReadOnlyList<SandboxSubscription> Subscriptions,
    IReadOnlyList<SandboxUser> Users,
    IReadOnlyList<SandboxOrder> Orders,
    IReadOnlyList<SandboxGroup> Groups);
