using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>Writes down each purchase before it is sent and when its outcome is known.</summary>
internal sealed class PurchaseJournal
{
    private readonly MigrationOperation _operation;

    public PurchaseJournal(MigrationOperation operation) => _operation = operation;

    /// <summary>Writes down what is about to be sent; on disk when this returns.</summary>
    public async Task<JournalEntry> IntendAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var intent = new JournalEntry
        {
            Kind = JournalEntryKind.PurchaseIntended,
            At = _operation.Time.GetUtcNow(),
            CustomerId = purchase.CustomerId,
            Sources = purchase.Keys,
            RequestId = Guid.NewGuid(),
            Way = purchase.Way.ToString(),
            OfferId = purchase.Conversion?.TargetOfferId ?? purchase.Offer.Id,
            OfferName = purchase.Offer.Name,
            SkuId = purchase.Offer.SkuId,
            TermDuration = purchase.TermDuration,
            TermEndDate = purchase.TermEndDate,
            Quantity = purchase.Quantity,
            QuantityAsked = purchase.Options.Quantity,
            QuantityBefore = purchase.Existing?.Quantity,
            BillingCycle = purchase.BillingCycle,
            FriendlyName = purchase.FriendlyName,
            PartnerIdOnRecord = purchase.PartnerIdOnRecord,
            ParentSubscriptionId = purchase.Parent?.Id,
            CartId = purchase.Cart?.Id,
            SubscriptionId = purchase.Existing?.Id,
            OrderId = purchase.Parent?.OrderId,
        };
        // Together, so that they are flushed to disk together.
        await Task.WhenAll(purchase.Cases.Select(source => SourceEntry.Of(source.Row, source.Seats, intent.At)).Append(intent).Select(entry => _operation.Journal.AppendAsync(entry, cancellationToken))).ConfigureAwait(false);
        return intent;
    }

    /// <summary>Writes down that it was done.</summary>
    public Task SettleAsync(JournalEntry intent, string? orderId, string? subscriptionId, CancellationToken cancellationToken)
    {
        return AppendAsync(intent, done: true, orderId, subscriptionId, reason: null, cancellationToken);
    }

    /// <summary>Writes down that the service refused it.</summary>
    public Task RefuseAsync(JournalEntry intent, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        return AppendAsync(intent, done: false, orderId: null, subscriptionId: null, refusal.ServiceCode ?? refusal.ErrorId, cancellationToken);
    }

    private Task AppendAsync(JournalEntry intent, bool done, string? orderId, string? subscriptionId, string? reason, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = JournalEntryKind.PurchaseSettled,
                At = _operation.Time.GetUtcNow(),
                CustomerId = intent.CustomerId,
                Sources = intent.Sources,
                RequestId = intent.RequestId,
                Way = intent.Way,
                OfferId = intent.OfferId,
                Quantity = intent.Quantity,
                QuantityAsked = intent.QuantityAsked,
                QuantityBefore = intent.QuantityBefore,
                FriendlyName = intent.FriendlyName,
                OrderId = orderId,
                SubscriptionId = subscriptionId,
                Done = done,
                Reason = reason,
            },
            cancellationToken);
    }
}
