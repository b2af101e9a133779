using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>The minimum and maximum number of seats of a subscription.</summary>
internal static class SubscriptionLimits
{
    public static (int Minimum, int Maximum) Of(Subscription subscription)
    {
        if (subscription.Commerce == Commerce.New)
        {
            return ProductCatalog.Instance.FindSku(subscription.OfferId) is { } sku ? (sku.MinimumQuantity, sku.MaximumQuantity) : (1, Offer.NoMaximum);
        }

        return OfferCatalog.Instance.Find(subscription.OfferId) is { } offer ? (offer.MinimumQuantity, offer.MaximumQuantity) : (1, Offer.NoMaximum);
    }
}
