using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What migrates certain subscriptions of a customer: it finds them whenever they end.</summary>
internal static class MigrationCommandRemedy
{
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptions">What it has to find.</param>
    /// <param name="now">The present moment.</param>
    public static Remedy For(CustomerId customerId, IReadOnlyCollection<Subscription> subscriptions, DateTimeOffset now)
    {
        return UserCommands.Migrate(
            customerId,
            isRenewing: subscriptions.Any(subscription => subscription.AutoRenewEnabled),
            hasTrials: subscriptions.Any(subscription => subscription.IsTrial),
            withinDays: subscriptions.Max(subscription => subscription.CommitmentEnd) is { } end ? DaysUntil(end, now) : null);
    }

    // As the window is counted: whole days from today, the last one to its end.
    private static int DaysUntil(DateTimeOffset end, DateTimeOffset now) => Math.Max(0, (end.UtcDateTime.Date - now.UtcDateTime.Date).Days);
}
