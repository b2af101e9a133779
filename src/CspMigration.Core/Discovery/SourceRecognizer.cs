using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>
/// Recognizes the subscriptions of one customer: by offer id where the map has it, else by directory SKU, which costs a call for
/// each (docs/rules.md, rules 4 and 32). What cannot be read leaves a subscription unrecognized, and is kept to be reported.
/// </summary>
internal sealed class SourceRecognizer
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly SaleLookup _sales;

    public SourceRecognizer(MigrationOperation operation, CustomerView view, SaleLookup sales)
    {
        _operation = operation;
        _view = view;
        _sales = sales;
    }

    /// <summary>The first thing that could not be read; null where all could.</summary>
    public CspMigrationException? Failure { get; private set; }

    private SkuMap Map => _operation.Session.Map;

    /// <summary>Whether a subscription renews, and is not scheduled to become another product then.</summary>
    public static bool RenewsAsItIs(Subscription subscription) => subscription.AutoRenewEnabled && EndOfTermRules.Of(subscription) != EndOfTerm.RenewsIntoAnother;

    /// <summary>Reads, side by side, the directory SKUs that are needed.</summary>
    /// <param name="expiring">What expires: new commerce alone is read.</param>
    /// <param name="renewing">What renews as it is, to be looked at by <see cref="RecognizeAsync"/>.</param>
    /// <param name="cancellationToken">Ends the readings.</param>
    public Task ReadAheadAsync(IEnumerable<Subscription> expiring, IEnumerable<Subscription> renewing, CancellationToken cancellationToken)
    {
        var needed = expiring.Where(NeedsSku).Concat(renewing.Where(IsUnknownOffer)).Select(subscription => subscription.Id).Distinct();
        return _view.ReadSkuIdsAheadAsync(needed, cancellationToken);
    }

    /// <summary>The directory SKU of a subscription that expires; null where it is not needed, or not known.</summary>
    public async Task<SkuId?> FindSkuIdAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        return NeedsSku(subscription) ? await ReadSkuIdAsync(subscription, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>What became of the product of a subscription that renews as it is, and its directory SKU where that was read.</summary>
    public async Task<(Withdrawal Withdrawal, SkuId? SkuId)> RecognizeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var skuId = IsUnknownOffer(subscription) ? await ReadSkuIdAsync(subscription, cancellationToken).ConfigureAwait(false) : null;
        var mapping = Map.Find(subscription.OfferId, skuId);
        var isOnSale = mapping is not null || await IsOnSaleAsync(subscription, cancellationToken).ConfigureAwait(false);
        return (SubscriptionDescription.WithdrawalOf(subscription, mapping, isOnSale), skuId);
    }

    private bool IsUnknownOffer(Subscription subscription) => Map.Find(subscription.OfferId) is null;

    private bool NeedsSku(Subscription subscription) => subscription.Commerce == CommerceKind.NewCommerce && IsUnknownOffer(subscription);

    private async Task<SkuId?> ReadSkuIdAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            return await _view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            Failure ??= e.About(_view.CustomerId.ToString(), subscription.Id.ToString());
            return null;
        }
    }

    // A trial is offered once and then no more; legacy commerce is closed as a whole.
    private async Task<bool> IsOnSaleAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        if (subscription is not { Commerce: CommerceKind.NewCommerce, IsTrial: false, OfferId: { Product: not null } itemId })
        {
            return true;
        }

        try
        {
            var country = (await _view.CustomerAsync(cancellationToken).ConfigureAwait(false)).Country ?? _operation.Session.Partner.Country;
            return country is null
                ? throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service does not say in which country the customer is, so its catalog could not be looked at.")
                : await _sales.IsOnSaleAsync(itemId.WithoutAvailability, country, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            Failure ??= e.About(_view.CustomerId.ToString(), subscription.Id.ToString());
            return true;
        }
    }
}
