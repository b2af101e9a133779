using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Makes a cart and checks it out.</summary>
internal sealed class CartExecutor : MethodExecutor
{
    public CartExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    /// <summary>Makes the cart of a new-commerce purchase, which shows its price and what the service objects to. Buys nothing.</summary>
    /// <exception cref="CspMigrationException"><c>CartLineRefused</c>; <c>ResellerNotValid</c>.</exception>
    public async Task<Purchase> PrepareAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Method is not CartOrder { Cart: null } order)
        {
            return purchase;
        }

        if (purchase.Open?.Intent.CartId is { } cartId)
        {
            var begun = await Operation.Client.Carts.FindAsync(purchase.CustomerId, cartId, cancellationToken).ConfigureAwait(false);
            return purchase with { Method = order with { Cart = begun } };
        }

        var line = new NewCartLine
        {
            CatalogItemId = order.CatalogItemId ?? throw new InvalidOperationException("A cart needs a catalog item."),
            FriendlyName = purchase.FriendlyName,
            Quantity = purchase.Quantity,
            BillingCycle = purchase.BillingCycle,
            TermDuration = purchase.TermDuration,
            CustomTermEndDate = purchase.TermEndDate,
            PartnerIdOnRecord = purchase.PartnerIdOnRecord,
        };
        var cart = await Operation.Client.Carts.CreateAsync(purchase.CustomerId, line, cancellationToken).ConfigureAwait(false);
        var refused = cart.LineItems.FirstOrDefault(item => item.ErrorCode is not null);
        return refused is null
            ? purchase with { Method = order with { Cart = cart } }
            : throw (refused.ErrorCode == ServiceCodes.ParticipantRefused ? PartnerCenterErrors.ResellerNotValid : PartnerCenterErrors.CartLineRefused).Exception(
                $"The service does not sell {Enumeration.Count(purchase.Quantity, "seat")} of {purchase.Offer.Name} to {purchase.CustomerName}: {refused.ErrorDescription} (code {refused.ErrorCode}).",
                purchase.CustomerId,
                purchase.Cases.FirstOrDefault()?.Row.Id);
    }

    public override async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var cartId = intent.CartId ?? purchase.Cart?.Id ?? throw new InvalidOperationException("There is no cart to submit.");
        var bought = await Settlement.SendOnceAsync(
            purchase,
            intent,
            "the checkout",
            async token =>
            {
                try
                {
                    var result = await Operation.Client.Carts.CheckoutAsync(purchase.CustomerId, cartId, intent.RequestId!.Value, token).ConfigureAwait(false);
                    return result.Orders.Count > 0 ? new PurchaseReceipt(result.Orders[0].Id, Subscription: null)
                        : result.Errors.Count > 0 ? throw Refused(purchase, result)
                        : throw Unknown(purchase);
                }
                catch (CspMigrationException e) when (e.ServiceCode == ServiceCodes.CartSubmitted)
                {
                    // Submitted before, so bought: the subscription shows it (docs/partner-center.md §9).
                    return new PurchaseReceipt(OrderId: null, Subscription: null);
                }
            },
            token => Settlement.Finder.FindAsync(purchase, intent, token),
            cancellationToken).ConfigureAwait(false);
        return await Settlement.SettleAsync(purchase, intent, bought, cancellationToken).ConfigureAwait(false);
    }

    // Neither bought nor refused by what it says: the customer's subscriptions tell.
    private static CspMigrationException Unknown(Purchase purchase)
    {
        var error = PartnerCenterErrors.UnexpectedAnswer;
        return new CspMigrationException(error.Id, $"The service accepted the cart of {purchase.Offer.Name} and named neither an order nor an error.", error.Remedy)
        {
            CustomerId = purchase.CustomerId.ToString(),
            OutcomeUnknown = true,
        };
    }

    private static CspMigrationException Refused(Purchase purchase, CheckoutResult result)
    {
        var error = result.Errors.FirstOrDefault();
        return ServiceFailure.OfCode(
            error.Key, $"The service accepted the cart but refused the order of {purchase.Offer.Name}: {error.Value} (code {error.Key}).", purchase.CustomerId.ToString());
    }
}
