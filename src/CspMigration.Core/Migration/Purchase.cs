using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration;

/// <summary>A successor as decided: what is bought for which sources, or what an earlier run bought.</summary>
internal sealed record Purchase
{
    public required string PartnerTenantId { get; init; }

    public required string CustomerId { get; init; }

    public required string? CustomerName { get; init; }

    public required IReadOnlyList<PurchaseSource> Sources { get; init; }

    public required string OfferId { get; init; }

    public required string OfferName { get; init; }

    /// <summary>The successor's directory SKU.</summary>
    public required string? SkuId { get; init; }

    public required int Quantity { get; init; }

    public required string BillingCycle { get; init; }

    public required string TermDuration { get; init; }

    /// <summary>With the mark.</summary>
    public required string FriendlyName { get; init; }

    public string? PartnerIdOnRecord { get; init; }

    /// <summary>The successor, where an earlier run bought it.</summary>
    public Subscription? Existing { get; init; }

    /// <summary>One object a source.</summary>
    /// <param name="target">The successor; null while it is only planned.</param>
    /// <param name="orderId">The order, where known better than by the successor itself.</param>
    /// <param name="isPlanned">Whether nothing has been sent.</param>
    public IReadOnlyList<TargetSubscription> Describe(Subscription? target, string? orderId, bool isPlanned)
    {
        return [.. Sources.Select((source, index) => new TargetSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = CustomerName,
            SourceSubscriptionId = source.Subscription.Id,
            TargetSubscriptionId = target?.Id,
            OfferId = target?.OfferId ?? OfferId,
            OfferName = target?.OfferName ?? OfferName,
            SkuId = SkuId,
            SourceSkuId = source.SkuId,
            Quantity = target?.Quantity ?? Quantity,
            BillingCycle = target?.BillingCycle ?? BillingCycle,
            TermDuration = target?.TermDuration ?? TermDuration,
            Status = target?.Status ?? "planned",
            OrderId = orderId ?? target?.OrderId,
            PartnerIdOnRecord = PartnerIdOnRecord,
            Outcome = Existing is not null ? TargetOutcome.Resumed : index == 0 ? TargetOutcome.Purchased : TargetOutcome.Covered,
            IsPlanned = isPlanned,
            LicenseMoveNeeded = !CustomerView.Same(source.SkuId, SkuId),
            Commerce = CommerceKind.Legacy,
            Source = source.Row,
        })];
    }
}
