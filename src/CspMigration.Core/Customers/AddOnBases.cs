using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>Which of a customer's subscriptions an add-on can be bought to.</summary>
internal static class AddOnBases
{
    /// <summary>
    /// The active subscriptions of an add-on's base offers, in the order in which they are to be preferred: an add-on ends with its base, so
    /// those come first that last as long as it would.
    /// </summary>
    /// <param name="subscriptions">The customer's.</param>
    /// <param name="baseOffers">The offers that the add-on is sold for.</param>
    /// <param name="lasts">Whether a subscription lasts as long as the add-on.</param>
    public static IReadOnlyList<Subscription> Of(IEnumerable<Subscription> subscriptions, IEnumerable<CatalogItemId> baseOffers, Func<Subscription, bool> lasts)
    {
        return [.. subscriptions.Where(subscription => subscription.IsActive && baseOffers.Any(needed => needed.IsSameAs(subscription.OfferId))).OrderByDescending(lasts)];
    }
}
