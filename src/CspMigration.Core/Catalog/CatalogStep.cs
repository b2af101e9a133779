using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Catalog;

/// <summary>Lists what is on sale, legacy and new commerce in one form.</summary>
public sealed class CatalogStep
{
    private const int SkusAtOnce = 16;

    private readonly MigrationOperation _operation;

    internal CatalogStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Lists offers, each as soon as it is known.</summary>
    /// <param name="query">Which.</param>
    /// <param name="found">Gets each offer.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task ListAsync(OfferQuery query, Action<TargetOffer> found, CancellationToken cancellationToken)
    {
        var customer = query.CustomerId is { } customerId
            ? await _operation.Client.Customers.GetAsync(customerId, cancellationToken).ConfigureAwait(false)
            : null;
        var country = query.Country ?? customer?.Country ?? _operation.Session.Partner.Country
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception("The service does not say in which country the partner is.", action: "Name one with -Country.");
        var qualifications = customer is null || query.Segment is not null ? null
            : await _operation.Client.Customers.ListQualificationsAsync(customer.Id, cancellationToken).ConfigureAwait(false);
        var name = new Wildcard(query.Name);
        if (query.Commerce != CommerceChoice.New)
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, country, cancellationToken).ConfigureAwait(false);
            foreach (var offer in offers.Values.OrderBy(offer => offer.Name, StringComparer.OrdinalIgnoreCase).Where(offer => Fits(offer, query, name, qualifications)))
            {
                found(offer);
            }
        }

        if (query.Commerce != CommerceChoice.Legacy)
        {
            await ListNewCommerceAsync(query, country, name, qualifications, found, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListNewCommerceAsync(
        OfferQuery query, string country, Wildcard name, IReadOnlyList<Qualification>? qualifications, Action<TargetOffer> found, CancellationToken cancellationToken)
    {
        var skus = await _operation.Session.Offers.ListSkusAsync(_operation.Client, country, query.Segment, name.Matches, cancellationToken).ConfigureAwait(false);
        await Concurrently.ForEachInOrderAsync(
            skus.Where(sku => sku.IsTrial == query.Trial),
            SkusAtOnce,
            (sku, token) => OfferCatalog.ReadAvailabilityAsync(_operation.Client, sku, country, query.Segment, token),
            offer =>
            {
                if (Fits(offer.Offer, query, name, qualifications))
                {
                    found(offer.Offer);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static bool Fits(TargetOffer offer, OfferQuery query, Wildcard name, IReadOnlyList<Qualification>? qualifications)
    {
        return name.Matches(offer.Name)
            && offer.IsTrial == query.Trial
            && (offer.IsAvailableForPurchase || query.IncludeUnavailable)
            && (query.BillingCycle is null || offer.BillingCycles.Contains(query.BillingCycle, StringComparer.OrdinalIgnoreCase))
            && (query.Segment is null || CustomerView.Same(offer.Segment ?? Segments.Commercial, query.Segment))
            && (qualifications is null || Segments.MayBuy(offer.Segment, qualifications));
    }
}
