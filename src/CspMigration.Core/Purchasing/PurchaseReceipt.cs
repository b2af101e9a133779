using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>What a purchase came to.</summary>
/// <param name="OrderId">The order; null where it is not known.</param>
/// <param name="Subscription">The target; null while only the order is known.</param>
internal sealed record PurchaseReceipt(OrderId? OrderId, Subscription? Subscription);
