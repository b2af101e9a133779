using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Purchasing;

/// <summary>Writes down each purchase before it is sent and when its outcome is known.</summary>
internal sealed class PurchaseJournal
{
    private readonly MigrationOperation _operation;

    public PurchaseJournal(MigrationOperation operation) => _operation = operation;

    /// <summary>Writes down what is about to be sent; on disk when this returns.</summary>
    public async Task<JournalEntry> IntendAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var intent = IntentOf(purchase, purchase.Way, purchase.Existing?.Quantity);

        // Together, so that they are flushed to disk together.
        await AppendAsync([.. SourcesOf(purchase, intent.At), intent], cancellationToken).ConfigureAwait(false);
        return intent;
    }

    /// <summary>Writes down that what was bought for a source is its target again, after an undo had ended that.</summary>
    public Task ResumeAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var existing = purchase.Existing!;
        var way = existing.Commerce == CommerceKind.NewCommerce ? PurchaseWay.Cart : PurchaseWay.Order;
        var intent = IntentOf(purchase, way, quantityBefore: null);
        return AppendAsync([.. SourcesOf(purchase, intent.At), intent, SettlementOf(intent, done: true, existing.OrderId, existing.Id, reason: null)], cancellationToken);
    }

    /// <summary>Writes down that it was done.</summary>
    public Task SettleAsync(JournalEntry intent, string? orderId, string? subscriptionId, CancellationToken cancellationToken)
    {
        return AppendAsync([SettlementOf(intent, done: true, orderId, subscriptionId, reason: null)], cancellationToken);
    }

    /// <summary>Writes down that the service refused it.</summary>
    public Task RefuseAsync(JournalEntry intent, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        return AppendAsync([SettlementOf(intent, done: false, orderId: null, subscriptionId: null, refusal.ServiceCode ?? refusal.ErrorId)], cancellationToken);
    }

    private JournalEntry IntentOf(Purchase purchase, PurchaseWay way, int? quantityBefore)
    {
        return new JournalEntry
        {
            Kind = JournalEntryKind.PurchaseIntended,
            At = _operation.Time.GetUtcNow(),
            CustomerId = purchase.CustomerId,
            Sources = purchase.Keys,
            RequestId = Guid.NewGuid(),
            Way = way.ToString(),
            OfferId = purchase.Conversion?.TargetOfferId ?? purchase.Offer.Id,
            OfferName = purchase.Offer.Name,
            SkuId = purchase.Offer.SkuId,
            TermDuration = purchase.TermDuration,
            TermEndDate = purchase.TermEndDate,
            Quantity = purchase.Quantity,
            QuantityAsked = purchase.Options.Quantity,
            QuantityBefore = quantityBefore,
            BillingCycle = purchase.BillingCycle,
            FriendlyName = purchase.FriendlyName,
            PartnerIdOnRecord = purchase.PartnerIdOnRecord,
            ParentSubscriptionId = purchase.Parent?.Id,
            CartId = purchase.Cart?.Id,
            SubscriptionId = purchase.Existing?.Id,
            OrderId = purchase.Parent?.OrderId,
            FromSkuIds = purchase.IsInPlace ? [purchase.Cases[0].SkuId] : null,
            TermEndBefore = way == PurchaseWay.Renewal ? TermEndRecord.Of(purchase.Existing!.TermEnd) : null,
        };
    }

    private static IEnumerable<JournalEntry> SourcesOf(Purchase purchase, DateTimeOffset at) => purchase.Cases.Select(source => SourceEntry.Of(source.Row, source.Seats, at));

    private JournalEntry SettlementOf(JournalEntry intent, bool done, string? orderId, string? subscriptionId, string? reason)
    {
        return new JournalEntry
        {
            Kind = JournalEntryKind.PurchaseSettled,
            At = _operation.Time.GetUtcNow(),
            CustomerId = intent.CustomerId,
            Sources = intent.Sources,
            RequestId = intent.RequestId,
            Way = intent.Way,
            OfferId = intent.OfferId,
            OfferName = intent.FromSkuIds is null ? null : intent.OfferName,
            SkuId = intent.FromSkuIds is null ? null : intent.SkuId,
            FromSkuIds = intent.FromSkuIds,
            Quantity = intent.Quantity,
            QuantityAsked = intent.QuantityAsked,
            QuantityBefore = intent.QuantityBefore,
            FriendlyName = intent.FriendlyName,
            OrderId = orderId,
            SubscriptionId = subscriptionId,
            Done = done,
            Reason = reason,
        };
    }

    private Task AppendAsync(IEnumerable<JournalEntry> entries, CancellationToken cancellationToken)
    {
        return Task.WhenAll(entries.Select(entry => _operation.Journal.AppendAsync(entry, cancellationToken)));
    }
}
