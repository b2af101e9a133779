using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>One line of an order.</summary>
internal sealed class OrderLineItem
{
    private OrderLineItem(ResourceReader json)
    {
        OfferId = json.CatalogItemId("offerId");
        SubscriptionId = json.Id<IdKind.Subscription>("subscriptionId");
        FriendlyName = json.Text("friendlyName");
    }

    public CatalogItemId? OfferId { get; }

    /// <summary>The subscription it became; null until the line is fulfilled.</summary>
    public SubscriptionId? SubscriptionId { get; }

    /// <summary>The name it was ordered under, whatever its subscription is called by now.</summary>
    public string? FriendlyName { get; }

    public static OrderLineItem Read(ResourceReader json) => new(json);
}
