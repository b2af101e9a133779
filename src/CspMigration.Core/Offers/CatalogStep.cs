using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Offers;

/// <summary>Lists what is on sale, legacy and new commerce in one form.</summary>
public sealed class CatalogStep
{
    private const int SkusAtOnce = 16;

    private readonly MigrationOperation _operation;

    internal CatalogStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Lists offers, each as soon as it is known.</summary>
    /// <param name="query">Which.</param>
    /// <param name="found">Gets each offer; a slow reader slows the listing down.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: nothing of this name is on sale. A pattern may match nothing.</exception>
    public async Task ListAsync(OfferQuery query, Func<TargetOffer, Task> found, CancellationToken cancellationToken)
    {
        var customer = query.CustomerId is { } customerId
            ? await _operation.Client.Customers.GetAsync(CustomerId.From(customerId), cancellationToken).ConfigureAwait(false)
            : null;
        var country = query.Country ?? customer?.Country ?? _operation.Session.Partner.Country
            ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service does not say in which country the partner is.", remedy: Remedies.NameCountry());
        var qualifications = customer is null || query.Segment is not null ? null
            : await _operation.Client.Customers.ListQualificationsAsync(customer.Id, cancellationToken).ConfigureAwait(false);
        var name = new Wildcard(query.Name);
        var count = 0;
        if (query.Commerce != CommerceChoice.New)
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, country, cancellationToken).ConfigureAwait(false);
            foreach (var offer in offers.Values.OrderBy(offer => offer.Name, StringComparer.OrdinalIgnoreCase).Where(offer => Fits(offer, query, name, qualifications)))
            {
                await GiveAsync(offer).ConfigureAwait(false);
            }
        }

        if (query.Commerce != CommerceChoice.Legacy)
        {
            await ListNewCommerceAsync(query, country, name, qualifications, GiveAsync, cancellationToken).ConfigureAwait(false);
        }

        if (count == 0 && !name.IsPattern)
        {
            throw await NotFoundAsync(query, country, cancellationToken).ConfigureAwait(false);
        }

        Task GiveAsync(TargetOffer offer)
        {
            count++;
            return found(offer);
        }
    }

    // What has been looked through is read already, and kept.
    private async Task<CspMigrationException> NotFoundAsync(OfferQuery query, string country, CancellationToken cancellationToken)
    {
        var name = query.Name;
        var known = new List<string?>();
        if (query.Commerce != CommerceChoice.New)
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, country, cancellationToken).ConfigureAwait(false);
            known.AddRange(offers.Values.Select(offer => offer.Name));
        }

        if (query.Commerce != CommerceChoice.Legacy)
        {
            var skus = await _operation.Session.Offers.ListSkusAsync(_operation.Client, country, query.Segment, _ => true, cancellationToken).ConfigureAwait(false);
            known.AddRange(skus.Select(sku => sku.Title));
        }

        return known.Exists(other => Names.AreSame(other, name))
            ? ErrorCatalog.NoTarget.Exception(
                $"{name} is in the catalog of {country}, but not on sale as it was asked for.",
                remedy: query.IncludeUnavailable ? Remedies.BroadenSearch() : Remedies.BroadenSearchOrShowAll())
            : ErrorCatalog.NoTarget.Exception(
                $"Nothing in the catalog of {country} is called \"{name}\".{NearNames.Question(name, known)}",
                remedy: Remedies.SearchWithWildcards(UserCommands.SearchOffers($"*{name}*")));
    }

    private async Task ListNewCommerceAsync(
        OfferQuery query, string country, Wildcard name, IReadOnlyList<Qualification>? qualifications, Func<TargetOffer, Task> found, CancellationToken cancellationToken)
    {
        var skus = await _operation.Session.Offers.ListSkusAsync(_operation.Client, country, query.Segment, name.Matches, cancellationToken).ConfigureAwait(false);
        await Concurrently.ForEachInOrderAsync(
            skus.Where(sku => sku.IsTrial == query.Trial),
            SkusAtOnce,
            (sku, token) => OfferCatalog.ReadAvailabilityAsync(_operation.Client, sku, country, query.Segment, token),
            offer => Fits(offer.Offer, query, name, qualifications) ? found(offer.Offer) : Task.CompletedTask,
            cancellationToken).ConfigureAwait(false);
    }

    private static bool Fits(TargetOffer offer, OfferQuery query, Wildcard name, IReadOnlyList<Qualification>? qualifications)
    {
        return name.Matches(offer.Name)
            && offer.IsTrial == query.Trial
            && (offer.IsAvailableForPurchase || query.IncludeUnavailable)
            && (query.BillingCycle is null || offer.BillingCycles.Contains(query.BillingCycle, StringComparer.OrdinalIgnoreCase))
            && (query.Segment is null || ServiceWord.Is(offer.Segment ?? Segments.Commercial, query.Segment))
            && (qualifications is null || Segments.MayBuy(offer.Segment, qualifications));
    }
}
