using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>A subscription is ordered, which a reseller can be on record for.</summary>
internal abstract record NewSubscription : PurchaseMethod
{
    /// <summary>The base of an add-on; null where it is none, or its base is bought just before.</summary>
    public Subscription? Parent { get; init; }

    public override string Describe(Purchase purchase) => Text("Buy {0} of {1}, {2}", Enumeration.Count(purchase.Quantity, "seat"), purchase.Offer.Name, purchase.TermText);
}
