using System;
using System.Collections.Generic;
using System.Globalization;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>Which subscriptions of a customer expire (docs/rules.md, rule 1), and why the others were left out.</summary>
internal sealed class CustomerDiscoveryResult
{
    private const string Renewed = "renewed by the service";

    private readonly Customer _customer;
    private readonly int _total;

    /// <param name="customer">The customer.</param>
    /// <param name="subscriptions">All of the customer's.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="isOurs">Whether a subscription is looked for although it does not expire: its migration is not over.</param>
    public CustomerDiscoveryResult(Customer customer, IReadOnlyList<Subscription> subscriptions, DiscoveryQuery query, Func<Subscription, bool> isOurs)
    {
        _customer = customer;
        _total = subscriptions.Count;
        foreach (var subscription in subscriptions)
        {
            if (ReasonAgainst(subscription, query) is { } reason && !isOurs(subscription))
            {
                if (reason == Renewed && (query.IncludeTrial || !subscription.IsTrial))
                {
                    Renewing.Add(subscription);
                }
                else
                {
                    LeftOut.Add(reason, 1);
                }
            }
            else
            {
                Expiring.Add(subscription);
            }
        }
    }

    /// <summary>Active, license based, auto-renew off, end of term in the window; and what else was asked for.</summary>
    public List<Subscription> Expiring { get; } = [];

    /// <summary>Those that are left out for no other reason than that the service renews them.</summary>
    public List<Subscription> Renewing { get; } = [];

    /// <summary>The others.</summary>
    public ExclusionCounts LeftOut { get; } = new();

    /// <summary>What was found, in a line.</summary>
    /// <param name="found">How many of the expiring and the retired ones are of the products looked for.</param>
    /// <param name="retired">How many of those that renew are retired, and looked for.</param>
    public string Summary(int found, int retired)
    {
        LeftOut.Add(Renewed, Renewing.Count - retired);
        LeftOut.Add("of another product", Expiring.Count + retired - found);
        return string.Format(CultureInfo.CurrentCulture, "{0}: {1} of {2} found", _customer.CompanyName ?? _customer.Id.ToString(), found, Enumeration.Count(_total, "subscription")) + LeftOut;
    }

    private static string? ReasonAgainst(Subscription subscription, DiscoveryQuery query)
    {
        return !subscription.IsActive ? "not active"
            : !subscription.IsLicenseBased ? "not license based"
            : subscription.CommitmentEnd is not { } end ? "without an end of term"
            : end > query.Before ? "ending later"
            : subscription.AutoRenewEnabled && !query.IncludeAutoRenew ? Renewed
            : subscription.IsTrial && !query.IncludeTrial ? "on trial"
            : null;
    }
}
