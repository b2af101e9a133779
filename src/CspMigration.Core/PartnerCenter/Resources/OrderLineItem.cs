using CspMigration.Core.PartnerCenter.Json;

namespace CspMigration.Core.PartnerCenter.Resources;

/// <summary>One line of an order.</summary>
internal sealed class OrderLineItem
{
    private OrderLineItem(ResourceReader json)
    {
        OfferId = json.Text("offerId");
        SubscriptionId = json.Text("subscriptionId");
        FriendlyName = json.Text("friendlyName");
        Quantity = json.Number("quantity") ?? 0;
    }

    public string? OfferId { get; }

    /// <summary>The subscription it became; null until the line is fulfilled.</summary>
    public string? SubscriptionId { get; }

    public string? FriendlyName { get; }

    public int Quantity { get; }

    public static OrderLineItem Read(ResourceReader json) => new(json);
}
