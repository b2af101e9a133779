using System;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Discovery;

/// <summary>What was found at all customers together.</summary>
internal sealed class DiscoveryTotals
{
    private readonly ExclusionCounts _leftOut = new();
    private int _customers;
    private int _foreign;
    private int _found;

    /// <summary>Counts a customer.</summary>
    /// <param name="found">How many subscriptions were found.</param>
    /// <param name="leftOut">The others.</param>
    public void Add(int found, ExclusionCounts leftOut)
    {
        _customers++;
        _found += found;
        _leftOut.Add(leftOut);
    }

    /// <summary>Counts a customer who is not ours to sell to.</summary>
    public void AddForeign() => _foreign++;

    /// <summary>The totals, in a line.</summary>
    /// <param name="before">The latest end of term that counts.</param>
    public string Summary(DateTimeOffset before)
    {
        var line = $"In all, {Enumeration.Count(_found, "subscription")} found at {Enumeration.Count(_customers, "customer")}, with an end of term by {UtcDay.Of(before)}{_leftOut}";
        return _foreign == 0 ? line : $"{line} Not looked at: {Enumeration.Count(_foreign, "customer")} without a reseller relationship with this partner.";
    }
}
