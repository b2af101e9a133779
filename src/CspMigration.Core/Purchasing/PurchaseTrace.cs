namespace CspMigration.Core.Purchasing;

/// <summary>What a purchase has left at the service that an earlier run sent, or was about to send.</summary>
/// <param name="OrderId">The order it became; null where there is none.</param>
/// <param name="SubscriptionId">The subscription that the order names; null while it names none.</param>
/// <param name="IsNone">Whether it is certain that it was not carried out: what would show it has had the time to come.</param>
internal sealed record PurchaseTrace(OrderId? OrderId, SubscriptionId? SubscriptionId, bool IsNone);
