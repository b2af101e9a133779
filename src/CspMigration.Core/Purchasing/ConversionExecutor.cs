using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Converts a trial in place.</summary>
internal sealed class ConversionExecutor : MethodExecutor
{
    public ConversionExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    public override async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var trial = purchase.Existing!;
        if (purchase.Method is not TrialConversion { Conversion: { } conversion })
        {
            throw PartnerCenterErrors.NotOurSubscription.Exception($"The service no longer offers to convert the trial {trial.OfferName} ({trial.Id}).", purchase.CustomerId, trial.Id);
        }

        var sent = await Settlement.SendOnceAsync(
            purchase,
            intent,
            "the conversion",
            async token =>
            {
                await Operation.Client.Conversions.ConvertAsync(
                    purchase.CustomerId, trial.Id, conversion, purchase.Quantity, purchase.BillingCycle, intent.RequestId!.Value, token).ConfigureAwait(false);
                return new PurchaseReceipt(OrderId: null, Subscription: null);
            },
            async token => await ReadAsync(token).ConfigureAwait(false) is { IsTrial: false } current ? new PurchaseReceipt(current.OrderId, current) : null,
            cancellationToken).ConfigureAwait(false);
        await Settlement.Journal.SettleAsync(intent, sent.OrderId, trial.Id, cancellationToken).ConfigureAwait(false);
        var converted = sent.Subscription ?? await ReadAsync(cancellationToken).ConfigureAwait(false);
        return new PurchaseReceipt(converted.OrderId, converted);

        Task<Subscription> ReadAsync(CancellationToken token) => Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, trial.Id, token);
    }
}
