using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Purchasing;

/// <summary>Writes down each purchase before it is sent and when its outcome is known.</summary>
internal sealed class PurchaseJournal
{
    private readonly MigrationOperation _operation;

    public PurchaseJournal(MigrationOperation operation) => _operation = operation;

    /// <summary>Writes down what is about to be sent; on disk when this returns.</summary>
    public async Task<PurchaseIntended> IntendAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var intent = IntentOf(purchase, purchase.Method.Word, purchase.Existing?.Quantity);

        // Together, so that they are flushed to disk together.
        await AppendAsync([.. SourcesOf(purchase, intent.At), intent], cancellationToken).ConfigureAwait(false);
        return intent;
    }

    /// <summary>Writes down that what was bought for a source is its target again, after a rollback had ended that.</summary>
    public Task ResumeAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var existing = purchase.Existing!;
        var method = existing.Commerce == CommerceKind.NewCommerce ? JournalMethod.Cart : JournalMethod.Order;
        var intent = IntentOf(purchase, method, quantityBefore: null);
        return AppendAsync([.. SourcesOf(purchase, intent.At), intent, intent.Done(Now, existing.OrderId, existing.Id)], cancellationToken);
    }

    /// <summary>Writes down that it was carried out.</summary>
    public Task SettleAsync(PurchaseIntended intent, OrderId? orderId, SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        return AppendAsync([intent.Done(Now, orderId, subscriptionId)], cancellationToken);
    }

    /// <summary>Writes down that the service refused it.</summary>
    public Task RefuseAsync(PurchaseIntended intent, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        return AppendAsync([intent.Refused(Now, refusal.ServiceCode ?? refusal.ErrorId)], cancellationToken);
    }

    private DateTimeOffset Now => _operation.Time.GetUtcNow();

    private PurchaseIntended IntentOf(Purchase purchase, JournalMethod method, int? quantityBefore)
    {
        return new PurchaseIntended
        {
            At = Now,
            CustomerId = purchase.CustomerId,
            Sources = purchase.Keys,
            RequestId = Guid.NewGuid(),
            Method = method,
            OfferId = (purchase.Method as TrialConversion)?.Conversion?.TargetOfferId ?? purchase.Offer.CatalogItem,
            OfferName = purchase.Offer.Name,
            SkuId = purchase.Offer.Sku,
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
            FromSkuId = purchase.IsInPlace ? purchase.Cases[0].SkuId : null,
            TermEndBefore = method == JournalMethod.Renewal ? TermEndRecord.Of(purchase.Existing!.TermEnd) : null,
        };
    }

    private static IEnumerable<JournalEntry> SourcesOf(Purchase purchase, DateTimeOffset at) => purchase.Cases.Select(source => SourceEntry.Of(source.Row, source.Seats, at));

    private Task AppendAsync(IEnumerable<JournalEntry> entries, CancellationToken cancellationToken)
    {
        return Task.WhenAll(entries.Select(entry => _operation.Journal.AppendAsync(entry, cancellationToken)));
    }
}
