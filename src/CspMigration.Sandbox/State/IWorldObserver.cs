using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.State;

/// <summary>
/// Looks on while a client changes what customers have. It is called right after a change, with the customer's gate held. The
/// services ask nothing of it; the state control lists its findings.
/// </summary>
internal interface IWorldObserver
{
    /// <summary>What it has found, in the order of events.</summary>
    IReadOnlyList<string> Violations { get; }

    /// <summary>A subscription was purchased, or made by the service out of a legacy one.</summary>
    void AfterPurchase(Customer customer, Account account, Subscription purchased);

    /// <summary>A subscription was made inactive by a request.</summary>
    void AfterSuspension(Customer customer, Account account, Subscription suspended, DateTimeOffset now);

    /// <summary>A user's licenses were updated.</summary>
    /// <param name="customer">Whose user.</param>
    /// <param name="account">What the customer has now.</param>
    /// <param name="user">The user with the licenses of now.</param>
    /// <param name="before">The licenses before the update.</param>
    void AfterLicenseUpdate(Customer customer, Account account, User user, IReadOnlyList<License> before);
}
