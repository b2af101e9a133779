using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>The line that migrates certain subscriptions of a customer, as it is pasted: it finds them whenever they end.</summary>
internal static class MigrationLine
{
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptions">What it has to find.</param>
    /// <param name="now">The present moment.</param>
    public static string For(string customerId, IReadOnlyCollection<Subscription> subscriptions, DateTimeOffset now)
    {
        var renewing = subscriptions.Any(subscription => subscription.AutoRenewEnabled) ? " -IncludeAutoRenew" : "";
        var trials = subscriptions.Any(subscription => subscription.IsTrial) ? " -IncludeTrial" : "";
        var within = subscriptions.Max(subscription => subscription.CommitmentEnd) is { } end ? FormattableString.Invariant($" -Within {DaysUntil(end, now)}") : "";
        return $"Get-ExpiringSubscription {customerId}{renewing}{trials}{within} | New-TargetSubscription | Move-UserLicense | Suspend-Subscription";
    }

    // As the window is counted: whole days from today, the last one to its end.
    private static int DaysUntil(DateTimeOffset end, DateTimeOffset now) => Math.Max(0, (end.UtcDateTime.Date - now.UtcDateTime.Date).Days);
}
