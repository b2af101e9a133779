using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Planning;

/// <summary>
/// Finds what of a target is on sale: the legacy offer while the catalogue sells it, else new commerce by the directory
/// SKU (design rule 20). It never switches to another target on its own.
/// </summary>
internal sealed class SaleFinder
{
    private readonly MigrationOperation _operation;

    public SaleFinder(MigrationOperation operation) => _operation = operation;

    /// <summary>What is on sale.</summary>
    /// <param name="target">The target.</param>
    /// <param name="options">What the user asked for: a certain offer, a certain commerce.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase, for the seat tiers.</param>
    /// <param name="country">The customer's country.</param>
    /// <param name="alternatives">The source's other targets, to name those that are on sale where this one is not.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>.</exception>
    public async Task<Sale> FindAsync(
        SkuTarget target, PurchaseOptions options, int seats, string country, IEnumerable<SkuTarget> alternatives, CancellationToken cancellationToken)
    {
        if (await TryFindAsync(target, options, seats, country, cancellationToken).ConfigureAwait(false) is { } sale)
        {
            return sale;
        }

        var others = new List<string>();
        foreach (var other in alternatives.Where(other => !other.IsQualified && !CustomerView.Same(other.Name, target.Name)))
        {
            if (await TryFindAsync(other, options with { Target = null }, seats, country, cancellationToken).ConfigureAwait(false) is not null)
            {
                others.Add(other.Name);
            }
        }

        throw ErrorCatalog.TargetNotOnSale.Exception(
            $"{target.Name} is not on sale in {country}{(options.Commerce == CommerceChoice.Auto ? "" : $" through {options.Commerce} commerce")}.",
            action: others.Count == 0 ? null : $"On sale for the same source: {string.Join("; ", others)}. Name one with -Target.");
    }

    /// <summary>A target that is in no map, from the catalogue: by offer id, directory SKU or name, or <c>product:sku</c>.</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>.</exception>
    public async Task<SkuTarget> FindTargetAsync(string wanted, string country, CancellationToken cancellationToken)
    {
        if (wanted.Contains(':'))
        {
            var sku = wanted.Split(':').Length == 2
                ? await _operation.Session.Offers.FindSkuAsync(_operation.Client, country, segment: null, wanted, cancellationToken).ConfigureAwait(false)
                : null;
            return sku is null
                ? throw ErrorCatalog.NoTarget.Exception($"New commerce in {country} has no {wanted}.")
                : new SkuTarget { Name = sku.Title ?? wanted, SkuId = sku.ProvisioningId, MinimumQuantity = sku.MinimumQuantity };
        }

        var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, country, cancellationToken).ConfigureAwait(false);
        if ((offers.TryGetValue(wanted, out var byId) ? byId : null) is { } offer
            || (offer = offers.Values.FirstOrDefault(other => CustomerView.Same(other.Name, wanted))
                ?? offers.Values.FirstOrDefault(other => CustomerView.Same(other.SkuId, wanted) && !other.IsTrial && !other.IsAddOn)) is not null)
        {
            return new SkuTarget
            {
                Name = offer.Name ?? offer.Id,
                OfferIds = [new SkuTargetOffer { OfferId = offer.Id }],
                SkuId = offer.SkuId,
                MinimumQuantity = offer.MinimumQuantity,
            };
        }

        var skus = await _operation.Session.Offers.ListSkusAsync(
            _operation.Client, country, segment: null, title => CustomerView.Same(title, wanted), cancellationToken).ConfigureAwait(false);
        return skus.Count > 0
            ? new SkuTarget { Name = skus[0].Title ?? wanted, SkuId = skus[0].ProvisioningId, MinimumQuantity = skus[0].MinimumQuantity }
            : throw ErrorCatalog.NoTarget.Exception($"Neither the SKU map nor the catalogue of {country} has a target called \"{wanted}\".");
    }

    private async Task<Sale?> TryFindAsync(SkuTarget target, PurchaseOptions options, int seats, string country, CancellationToken cancellationToken)
    {
        if (options.Commerce != CommerceChoice.New
            && TargetChooser.OfferFor(target, options.Target, seats) is { } tier
            && !(tier.WithdrawnOn <= _operation.Time.GetUtcNow().UtcDateTime))
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, country, cancellationToken).ConfigureAwait(false);
            if (offers.TryGetValue(tier.OfferId, out var offer) && offer.IsAvailableForPurchase)
            {
                return Sale.Legacy(offer, mayFallBack: options.Commerce == CommerceChoice.Auto && target.SkuId is not null);
            }
        }

        return options.Commerce == CommerceChoice.Legacy ? null
            : await FindInNewCommerceAsync(target, options, country, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Sale?> FindInNewCommerceAsync(SkuTarget target, PurchaseOptions options, string country, CancellationToken cancellationToken)
    {
        var catalog = _operation.Session.Offers;
        var pinned = options.Target?.Contains(':') == true
            ? await catalog.FindSkuAsync(_operation.Client, country, segment: null, options.Target, cancellationToken).ConfigureAwait(false)
            : null;
        var skus = pinned is not null ? [pinned]
            : target.SkuId is { } skuId
                ? await catalog.FindByDirectorySkuAsync(_operation.Client, country, segment: null, skuId, target.Name, cancellationToken).ConfigureAwait(false)
                : [];
        foreach (var sku in skus)
        {
            var offer = await OfferCatalog.ReadAvailabilityAsync(_operation.Client, sku, country, segment: null, cancellationToken).ConfigureAwait(false);
            if (offer.Offer.IsAvailableForPurchase)
            {
                return Sale.InNewCommerce(offer);
            }
        }

        return null;
    }
}
