using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What to do about active add-ons that keep their base active, with the commands (docs/rules.md, rule 9).</summary>
internal static class AddOnAdvice
{
    /// <param name="customerId">The customer.</param>
    /// <param name="parent">The base.</param>
    /// <param name="addOns">Its active add-ons.</param>
    /// <param name="now">The present moment.</param>
    public static string For(string customerId, Subscription parent, IReadOnlyList<Subscription> addOns, DateTimeOffset now)
    {
        // For the default reason it would be refused where users hold the add-on.
        var suspend = string.Join("; ", addOns.Select(addOn => $"Suspend-Subscription -CustomerId {customerId} -SubscriptionId {addOn.Id} -Reason CustomerRequest"));
        return $"Where nobody needs the add-on any more, suspend it with its users on it ({suspend}). "
            + $"Otherwise migrate it together with its base: {MigrationLine.For(customerId, [parent, .. addOns], now)}";
    }
}
