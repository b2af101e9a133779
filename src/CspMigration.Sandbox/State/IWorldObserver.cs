using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>
/// Observes changes. It is called right after each change, while the customer's gate is held. Services never read from it; the
/// state control lists its findings.
/// </summary>
internal interface IWorldObserver
{
    /// <summary>Its findings, in chronological order.</summary>
    IReadOnlyList<string> Violations { get; }

    /// <summary>A subscription was purchased, or created by a migration of the service.</summary>
    void AfterPurchase(Customer customer, Account account, Subscription purchased);

    /// <summary>A subscription was made inactive by a request.</summary>
    void AfterSuspension(Customer customer, Account account, Subscription suspended, DateTimeOffset now);

    /// <summary>A request changed a subscription.</summary>
    /// <param name="customer">The subscription's customer.</param>
    /// <param name="account">The customer's account.</param>
    /// <param name="changed">The subscription, as it is now.</param>
    /// <param name="before">What was scheduled for the end of its term before; null for nothing.</param>
    /// <param name="asked">Whether the request asked for another end of the term itself.</param>
    void AfterChange(Customer customer, Account account, Subscription changed, ScheduledAction? before, bool asked);

    /// <summary>A transition of a subscription was begun by a request.</summary>
    /// <param name="customer">The subscription's customer.</param>
    /// <param name="account">The customer's account.</param>
    /// <param name="source">The subscription.</param>
    /// <param name="target">The SKU that it is to have.</param>
    void AfterTransition(Customer customer, Account account, Subscription source, DirectorySku target);

    /// <summary>A transition of a subscription has failed, and has changed nothing.</summary>
    void AfterFailedTransition(Subscription source);

    /// <summary>A user's licenses were updated.</summary>
    /// <param name="customer">The user's customer.</param>
    /// <param name="account">The customer's account.</param>
    /// <param name="user">The user, with the new licenses.</param>
    /// <param name="before">The licenses before the update.</param>
    void AfterLicenseUpdate(Customer customer, Account account, User user, IReadOnlyList<License> before);
}
