using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What to do about active add-ons that keep their base active (docs/rules.md, rule 9).</summary>
internal static class AddOnAdvice
{
    /// <param name="customerId">The customer.</param>
    /// <param name="parent">The base.</param>
    /// <param name="addOns">Its active add-ons.</param>
    /// <param name="now">The present moment.</param>
    public static Remedy For(CustomerId customerId, Subscription parent, IReadOnlyList<Subscription> addOns, DateTimeOffset now)
    {
        return Remedies.EndOrMigrateAddOns(
            [.. addOns.Select(addOn => UserCommands.SuspendWithUsers(customerId, addOn.Id))], MigrationCommandRemedy.For(customerId, [parent, .. addOns], now));
    }
}
