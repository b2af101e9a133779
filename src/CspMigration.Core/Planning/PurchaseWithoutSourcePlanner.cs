using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Decides a purchase that has no source (the documents' "create a new subscription"). Nothing is sent.</summary>
internal sealed class PurchaseWithoutSourcePlanner
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly CustomerChecks _customer;
    private readonly SaleFinder _sales;
    private readonly PurchaseBuilder _builder;
    private readonly AddOnChooser _addOns;

    public PurchaseWithoutSourcePlanner(MigrationOperation operation, CustomerView view, PurchaseOptions options)
    {
        _context = new PlanningContext(operation, view, options);
        _operation = operation;
        _view = view;
        _options = options;
        _customer = new CustomerChecks(_context);
        _sales = new SaleFinder(_context);
        _builder = new PurchaseBuilder(_context);
        _addOns = new AddOnChooser(_context, _sales);
    }

    /// <summary>Decides a purchase that has no source (the documents' "create a new subscription").</summary>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    public async Task<Purchase> PlanAsync(CancellationToken cancellationToken)
    {
        _ = await _customer.CheckRelationshipAsync(cancellationToken).ConfigureAwait(false);
        _ = _customer.CheckCountry();
        var wanted = _options.Target ?? throw new InvalidOperationException("A purchase without a source needs a target.");
        var quantity = _options.Quantity ?? throw new InvalidOperationException("A purchase without a source needs a quantity.");
        var target = TargetChooser.Find(_operation.Session.Map, mapping: null, wanted)
            ?? await _sales.FindTargetAsync(wanted, cancellationToken).ConfigureAwait(false);
        var friendlyName = PurchaseMark.AppendNew(_options.FriendlyName ?? target.Name);
        if (await FindBoughtAsync(target, wanted, friendlyName, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            var resumed = _builder.Use(existing, [], target, TargetOutcome.Resumed, friendlyName);
            return await _addOns.ChooseAsync(resumed with { Difference = DifferenceOf(resumed, existing, quantity) }, others: [], cancellationToken).ConfigureAwait(false);
        }

        if (await FindOpenAsync(target, wanted, friendlyName, cancellationToken).ConfigureAwait(false) is { } open)
        {
            var begunWith = open.Intent.SubscriptionId is { } id ? await _view.SubscriptionAsync(id, cancellationToken).ConfigureAwait(false) : null;
            return await _addOns.ChooseAsync(_builder.Finish(open, [], target, begunWith), others: [], cancellationToken).ConfigureAwait(false);
        }

        if (await FindEnlargedAsync(target, wanted, friendlyName, quantity, cancellationToken).ConfigureAwait(false) is { } given)
        {
            return await _addOns.ChooseAsync(_builder.Use(given, [], target, TargetOutcome.Resumed, friendlyName), others: [], cancellationToken).ConfigureAwait(false);
        }

        var sale = await FindSaleAsync(target, quantity, cancellationToken).ConfigureAwait(false);
        _ = await _customer.CheckSegmentAsync(sale, cancellationToken).ConfigureAwait(false);
        var line = new PurchaseCommandRemedies(_view.CustomerId, [], _options);
        var (term, cycle) = await new TermChooser(_context).ChooseAsync(sale, source: null, line, cancellationToken).ConfigureAwait(false);
        QuantityLimits.Check(sale.Offer, target, quantity, line);
        _ = await _customer.CheckAgreementAsync(cancellationToken).ConfigureAwait(false);
        var draft = _builder.Buy([], target, sale, quantity, term, cycle, friendlyName);
        var decided = await new PurchaseMethodSelector(_context, _sales).SelectAsync(draft, target, sale, needed: quantity, quantity, others: [], cancellationToken).ConfigureAwait(false);
        decided = await _addOns.FindParentAsync(decided, others: [], cancellationToken).ConfigureAwait(false);
        decided = await _addOns.ChooseAsync(decided, others: [], cancellationToken).ConfigureAwait(false);
        _ = await _customer.CheckPartnerOfRecordAsync(decided, cancellationToken).ConfigureAwait(false);
        return decided;
    }

    // Without a source, the same target and name are the same purchase: by the name, else by the journal.
    private async Task<Subscription?> FindBoughtAsync(SkuTarget target, string wanted, string friendlyName, CancellationToken cancellationToken)
    {
        var there = (await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Where(subscription => !subscription.IsOutOfService).ToList();
        var written = _operation.Journal.View.NewPurchases(_view.CustomerId, friendlyName);
        var named = there.Where(subscription => Names.AreSame(subscription.FriendlyName, friendlyName));
        foreach (var subscription in named.Concat(there.Where(other => written.Any(entry => entry.SubscriptionId.Is(other.Id)))).OrderByDescending(subscription => subscription.IsActive))
        {
            if (await IsOfAsync(subscription.OfferId, target, wanted, cancellationToken).ConfigureAwait(false))
            {
                var current = subscription.IsActive ? subscription : await _view.CurrentAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
                return UndecidedStatus.IsOf(current) ? throw UndecidedStatus.Refuse(_view.CustomerId, current, $"nothing else is bought as {friendlyName}") : current;
            }
        }

        return null;
    }

    // What is the customer's own, and was given seats, has others besides those asked for.
    private string? DifferenceOf(Purchase resumed, Subscription existing, int quantity)
    {
        var written = _operation.Journal.View.NewPurchases(_view.CustomerId, resumed.FriendlyName).FirstOrDefault(entry => entry.SubscriptionId.Is(existing.Id));
        var wasGivenSeats = written?.Method is JournalMethod.Resize or JournalMethod.Reactivation;
        var hasOtherSeats = EarlierPurchase.HasOtherSeats(existing.Quantity, written, quantity);
        var terms = EarlierPurchase.OtherTerms(resumed);
        if (!hasOtherSeats && terms is null)
        {
            return null;
        }

        var seats = hasOtherSeats ? $", with {Enumeration.Count(existing.Quantity, "seat")}{(wasGivenSeats ? $", of which {written!.QuantityAsked} were asked for" : "")}, not {quantity}" : "";
        return $"{resumed.FriendlyName} ({existing.Id}) is there already{seats}. {(terms is null ? "" : $"{terms} ")}"
            + (hasOtherSeats ? Remedies.ChangeSeatsOrBuyAnother() : Remedies.BuyAnother());
    }

    // The mark comes before the seats: with the journal lost, the free seats show that they were added, or nothing does.
    private async Task<Subscription?> FindEnlargedAsync(SkuTarget target, string wanted, string friendlyName, int quantity, CancellationToken cancellationToken)
    {
        var key = PurchaseMark.KeyOf(friendlyName);
        foreach (var subscription in await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!subscription.IsActive
                || !PurchaseMark.NamesSeats(subscription.FriendlyName, key)
                || !await IsOfAsync(subscription.OfferId, target, wanted, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var skuId = await _view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
            return await CustomerFacts.FreeSeatsAsync(_view, skuId, cancellationToken).ConfigureAwait(false) >= quantity
                ? subscription
                : throw ErrorCatalog.ResizeInDoubt.Exception(
                    $"{subscription.OfferName} ({subscription.Id}) has {Enumeration.Count(subscription.Quantity, "seat")}. The journal is missing, so it is unknown whether seats were already added as {friendlyName}.",
                    _view.CustomerId,
                    subscription.Id,
                    remedy: Remedy.All([ErrorCatalog.ResizeInDoubt.Remedy, Remedies.AddOthers()]));
        }

        return null;
    }

    private async Task<OpenPurchase?> FindOpenAsync(SkuTarget target, string wanted, string friendlyName, CancellationToken cancellationToken)
    {
        foreach (var open in _operation.Journal.View.OpenNewPurchases(_view.CustomerId, friendlyName))
        {
            if (await IsOfAsync(open.Intent.OfferId, target, wanted, cancellationToken).ConfigureAwait(false))
            {
                return open;
            }
        }

        return null;
    }

    // An offer id, or product:sku with or without the availability.
    private async Task<bool> IsOfAsync(CatalogItemId? itemId, SkuTarget target, string wanted, CancellationToken cancellationToken)
    {
        if (itemId is not { IsNewCommerce: true } inNewCommerce)
        {
            return target.CatalogItems.Any(offer => offer.IsIdenticalTo(itemId));
        }

        if (CatalogItemId.FromOrNull(wanted) is { IsNewCommerce: true } named)
        {
            return inNewCommerce.WithoutAvailability.IsIdenticalTo(named);
        }

        // What is no longer sold cannot be told apart: better the same than bought twice.
        var sku = await _operation.Session.Offers.FindSkuAsync(_operation.Client, _context.Country, segment: null, inNewCommerce, cancellationToken).ConfigureAwait(false);
        return sku is null || sku.ProvisioningId.Is(target.Sku);
    }

    private async Task<Sale> FindSaleAsync(SkuTarget target, int quantity, CancellationToken cancellationToken)
    {
        var owned = await CountSubscribedAsync(target, cancellationToken).ConfigureAwait(false);
        return await _sales.FindAsync(target, owned + quantity, [], cancellationToken).ConfigureAwait(false);
    }

    // Without a source no license is to be moved: the tenant's units need not be readable, the subscriptions are.
    private async Task<int> CountSubscribedAsync(SkuTarget target, CancellationToken cancellationToken)
    {
        var offerIds = _operation.Session.Map.Mappings
            .SelectMany(mapping => mapping.Targets)
            .Where(other => other.Sku.Is(target.Sku))
            .SelectMany(other => other.CatalogItems)
            .Concat(target.CatalogItems);
        var known = new HashSet<CatalogItemId>(offerIds);
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        return subscriptions.Where(subscription => subscription.IsActive && subscription.OfferId is { } offerId && known.Contains(offerId)).Sum(subscription => subscription.Quantity);
    }
}
