using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>What a purchase led to.</summary>
/// <param name="OrderId">The order; null where it is not known.</param>
/// <param name="Subscription">The successor; null while only the order is known.</param>
internal sealed record Bought(string? OrderId, Subscription? Subscription);
