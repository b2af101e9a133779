using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Discovery;

/// <summary>Which subscriptions of a customer expire (design rule 1), and why the others were left out.</summary>
internal sealed class CustomerFinds
{
    private readonly Dictionary<string, int> _leftOut = [];
    private readonly Customer _customer;
    private readonly int _total;

    public CustomerFinds(Customer customer, IReadOnlyList<Subscription> subscriptions, DiscoveryQuery query)
    {
        _customer = customer;
        _total = subscriptions.Count;
        foreach (var subscription in subscriptions)
        {
            if (ReasonAgainst(subscription, query) is { } reason)
            {
                LeaveOut(reason, 1);
            }
            else
            {
                Expiring.Add(subscription);
            }
        }
    }

    /// <summary>Active, licence based, auto-renew off, end of term in the window; and what else was asked for.</summary>
    public List<Subscription> Expiring { get; } = [];

    /// <summary>What was found, in a line.</summary>
    /// <param name="found">How many of the expiring ones are of the products looked for.</param>
    public string Summary(int found)
    {
        LeaveOut("of another product", Expiring.Count - found);
        var line = Text("{0}: {1} of {2} subscriptions found", _customer.CompanyName ?? _customer.Id, found, _total);
        return _leftOut.Count == 0 ? $"{line}." : $"{line}; left out: {string.Join(", ", _leftOut.Select(reason => Text("{0} {1}", reason.Value, reason.Key)))}.";
    }

    private static string? ReasonAgainst(Subscription subscription, DiscoveryQuery query)
    {
        return !subscription.IsActive ? "not active"
            : !subscription.IsLicenseBased ? "not licence based"
            : subscription.CommitmentEnd is not { } end ? "without an end of term"
            : end > query.Before ? "ending later"
            : subscription.AutoRenewEnabled && !query.IncludeAutoRenew ? "renewed by the service"
            : subscription.IsTrial && !query.IncludeTrial ? "on trial"
            : null;
    }

    private void LeaveOut(string reason, int count)
    {
        if (count > 0)
        {
            _leftOut[reason] = count + (_leftOut.TryGetValue(reason, out var before) ? before : 0);
        }
    }

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
