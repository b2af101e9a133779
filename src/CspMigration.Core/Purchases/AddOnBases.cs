using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>Which of a customer's subscriptions an add-on can be bought to.</summary>
internal static class AddOnBases
{
    /// <summary>
    /// The active subscriptions of an add-on's base offers, in the order in which they are to be preferred: an add-on ends with its base, so
    /// those come first that last as long as it would.
    /// </summary>
    /// <param name="subscriptions">The customer's.</param>
    /// <param name="addOn">The purchase of the add-on.</param>
    /// <param name="now">The present moment.</param>
    public static IReadOnlyList<Subscription> Of(IEnumerable<Subscription> subscriptions, Purchase addOn, DateTimeOffset now)
    {
        return [.. subscriptions.Where(subscription => subscription.IsActive && addOn.Offer.PrerequisiteItems.Any(needed => needed.IsSameAs(subscription.OfferId)))
            .OrderByDescending(subscription => addOn.IsOutlastedBy(subscription, now))];
    }
}
