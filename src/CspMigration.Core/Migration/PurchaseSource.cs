using CspMigration.Contracts;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration;

/// <summary>A source subscription as it is now, with what is to succeed it.</summary>
internal sealed class PurchaseSource
{
    public required ExpiringSubscription Row { get; init; }

    public required Subscription Subscription { get; init; }

    public required string SkuId { get; init; }

    public required SkuTarget Target { get; init; }
}
