using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Selects how a target is obtained (docs/rules.md, rule 7).</summary>
internal sealed class PurchaseMethodSelector
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly SaleFinder _sales;

    public PurchaseMethodSelector(PlanningContext context, SaleFinder sales)
    {
        _context = context;
        _sales = sales;
        _operation = context.Operation;
        _view = context.View;
        _options = context.Options;
    }

    /// <summary>Reuses, resizes or reactivates what the customer has where the offer is limited; else uses what has room; else buys.</summary>
    /// <param name="draft">A purchase, as it would be made where nothing is there.</param>
    /// <param name="target">The target.</param>
    /// <param name="sale">What of it is on sale.</param>
    /// <param name="needed">Users who need a seat.</param>
    /// <param name="quantity">Seats to be had.</param>
    /// <param name="others">What is decided already for other sources of the customer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>OfferLimitReached</c>; <c>TargetExpires</c>; <c>ResellerMismatch</c>.</exception>
    public async Task<Purchase> SelectAsync(
        Purchase draft, SkuTarget target, Sale sale, int needed, int quantity, IReadOnlyCollection<Purchase> others, CancellationToken cancellationToken)
    {
        if (target.Sku is not { } skuId || _options.ApprovedOutcome == TargetOutcome.Purchased)
        {
            return draft;
        }

        if (draft.Cases.Count > 0 && await FindRoomAsync(draft, target, skuId, needed, others, cancellationToken).ConfigureAwait(false) is { } roomy)
        {
            // A trial is what it is converted to.
            var converted = others.FirstOrDefault(other => other.Method is TrialConversion && roomy.Id.Is(other.Existing?.Id));
            return draft with { Method = new Reuse { Existing = roomy }, Outcome = TargetOutcome.Reused, Quantity = converted?.Quantity ?? roomy.Quantity, Offer = converted?.Offer ?? draft.Offer };
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var isForLife = ServiceWord.Is(sale.Offer.LimitUnit, "Lifetime");
        var limited = subscriptions.Where(other => other.OfferId.IsSameAs(sale.Offer.CatalogItem) && (isForLife || !other.IsDeleted)).ToList();
        var ordered = others.Where(other => other.Method is LegacyOrder or CartOrder && other.Offer.CatalogItem.IsIdenticalTo(sale.Offer.CatalogItem)).ToList();
        if (sale.Offer.Limit is not { } limit || limited.Count + ordered.Count < limit)
        {
            return draft;
        }

        if (ordered.Count > 0)
        {
            throw Mismatch(draft, sale.Offer.Name, "is to be bought with", ordered[0].PartnerIdOnRecord);
        }

        if (limited.Find(subscription => subscription.IsActive) is { } listed)
        {
            // The list may be late, and seats are added to those there are.
            var grows = await _operation.Client.Subscriptions.GetAsync(_view.CustomerId, listed.Id, cancellationToken).ConfigureAwait(false);
            Require(draft, grows);

            // Seats that are free already count: a run that was interrupted does not add them again. What was approved is the total.
            var lasting = await FindLastingAsync(draft, target, skuId, others, cancellationToken).ConfigureAwait(false);
            lasting = lasting.ConvertAll(subscription => subscription.Id.Is(grows.Id) ? grows : subscription);
            var free = await FreeSeatsAsync(draft, lasting, skuId, countedSkus: [], cancellationToken).ConfigureAwait(false);
            var present = CustomerFacts.SeatsOf(_view, grows);
            var seats = _options.IsApproved ? Math.Max(present, quantity) : present + Math.Max(0, quantity - free);
            return seats == present && !_options.IsApproved
                ? draft with { Method = new Reuse { Existing = grows }, Outcome = TargetOutcome.Reused, Quantity = seats }
                : draft with { Method = new Resize { Existing = grows }, Outcome = TargetOutcome.Resized, Quantity = seats };
        }

        var reactivatable = await CustomerFacts.ReactivatableAsync(_view, limited, _operation.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if ((reactivatable.FirstOrDefault(subscription => Lasts(draft, subscription)) ?? reactivatable.FirstOrDefault()) is { } returns)
        {
            Require(draft, returns);
            return draft with
            {
                Method = new Reactivation { Existing = returns },
                Outcome = TargetOutcome.Reactivated,
                Quantity = Math.Max(CustomerFacts.SeatsOf(_view, returns), quantity),
            };
        }

        throw PartnerCenterErrors.OfferLimitReached.Exception(
            $"{sale.Offer.Name} is limited to {limit} for each customer ({sale.Offer.LimitUnit}), and {_context.CustomerName} has had {limited.Count}, which can neither be used nor made active again.",
            remedy: await new TargetAdvice(_context, _sales).OnSaleAsync(target, quantity, draft.Cases, cancellationToken).ConfigureAwait(false));
    }

    // An active subscription of the target whose SKU has a free unit for every user; null where there is none.
    private async Task<Subscription?> FindRoomAsync(
        Purchase draft, SkuTarget target, SkuId skuId, int needed, IReadOnlyCollection<Purchase> others, CancellationToken cancellationToken)
    {
        if (draft.Cases.Any(source => source.SkuId.Is(skuId)))
        {
            return null;
        }

        var lasting = await FindLastingAsync(draft, target, skuId, others, cancellationToken).ConfigureAwait(false);
        if (lasting.Count == 0 || !IsOfReseller(draft, lasting[0].PartnerId))
        {
            return null;
        }

        // The users of sources that are planned as several purchases are not all counted for this one.
        var countedSkus = draft.Cases.Select(source => source.SkuId)
            .Where(sku => _view.Kept<PlannedTogether>().Groups.Count(group => group.Any(source => source.SkuId.Is(sku))) < 2).ToList();
        return await FreeSeatsAsync(draft, lasting, skuId, countedSkus, cancellationToken).ConfigureAwait(false) >= needed ? lasting[0] : null;
    }

    // The active subscriptions of the target that stay, the largest first; with the trials that are converted to it before.
    private async Task<List<Subscription>> FindLastingAsync(
        Purchase draft, SkuTarget target, SkuId skuId, IReadOnlyCollection<Purchase> others, CancellationToken cancellationToken)
    {
        var converted = others.Where(other => other.Method is TrialConversion && other.Offer.Sku.Is(skuId)).Select(other => other.Existing!.Id).ToList();
        var offerIds = target.CatalogItems.ToList();
        var sources = draft.Keys;
        var all = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var found = await CustomerFacts.SubscriptionsOfAsync(_view, skuId, offerIds, cancellationToken).ConfigureAwait(false);
        var active = found.Where(subscription => subscription.IsActive && !sources.Contains(subscription.Id)).ToLookup(subscription => converted.Contains(subscription.Id) || Lasts(draft, subscription));
        foreach (var ending in active[false])
        {
            _operation.Observer.Verbose($"{_context.CustomerName}: {ending.OfferName} ({ending.Id}) {TargetDuration.Describe(ending)}: its seats are not used.");
        }

        return [.. active[true].Where(subscription => _view.TargetOf(subscription, all) is null)
            .OrderByDescending(subscription => IsOfReseller(draft, subscription.PartnerId)).ThenByDescending(subscription => subscription.Quantity)];
    }

    // Only seats that last are free, less those of whoever sits on others now; what was bought for other sources is theirs until their users have moved.
    private async Task<int> FreeSeatsAsync(Purchase draft, List<Subscription> lasting, SkuId skuId, IReadOnlyCollection<SkuId> countedSkus, CancellationToken cancellationToken)
    {
        var pool = LicensePool.Of(await _view.SkusAsync(cancellationToken).ConfigureAwait(false), skuId);
        var free = await CustomerFacts.FreeSeatsAsync(_view, skuId, cancellationToken).ConfigureAwait(false);
        free = Math.Min(free, lasting.Sum(subscription => subscription.Quantity) - pool.Consumed);
        free = Math.Min(free, lasting.Where(subscription => IsOfReseller(draft, subscription.PartnerId)).Sum(subscription => subscription.Quantity));
        return Math.Max(0, free - await CustomerFacts.ReservedSeatsAsync(_view, skuId, draft.Keys, countedSkus, cancellationToken).ConfigureAwait(false));
    }

    private bool Lasts(Purchase draft, Subscription subscription) => draft.IsOutlastedBy(subscription, _operation.Time.GetUtcNow());

    private void Require(Purchase draft, Subscription subscription)
    {
        if (!Lasts(draft, subscription))
        {
            throw TargetDuration.Expires(_view.CustomerId, subscription, "can be had once, and is there already");
        }

        if (!IsOfReseller(draft, subscription.PartnerId))
        {
            throw Mismatch(draft, $"{subscription.OfferName} ({subscription.Id})", "is there already, with", subscription.PartnerId);
        }
    }

    // Seats of a subscription belong to the reseller on its record: a source's own would lose them, unless the user names one.
    private bool IsOfReseller(Purchase draft, string? reseller)
    {
        return _options.PartnerIdOnRecord is not null || string.IsNullOrEmpty(draft.PartnerIdOnRecord) || string.Equals(draft.PartnerIdOnRecord, reseller, StringComparison.OrdinalIgnoreCase);
    }

    private CspMigrationException Mismatch(Purchase draft, string? name, string relation, string? reseller)
    {
        return ErrorCatalog.ResellerMismatch.Exception(
            $"{name} can be had once and {relation} {(string.IsNullOrEmpty(reseller) ? "no reseller" : $"the reseller {reseller}")} on record; for {string.Join(" and ", draft.Cases.Select(source => source.Name))} it is {draft.PartnerIdOnRecord}.",
            _view.CustomerId,
            remedy: string.IsNullOrEmpty(reseller)
                ? Remedies.RecordReseller()
                : Remedies.UseReseller(new PurchaseCommandRemedies(_view.CustomerId, draft.Cases, _options).OnRecord(reseller!)));
    }
}
