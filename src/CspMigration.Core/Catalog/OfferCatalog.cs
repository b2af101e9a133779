using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Catalog;

/// <summary>The legacy catalogue as the session has read it: once a country.</summary>
internal sealed class OfferCatalog
{
    private readonly AsyncCache<IReadOnlyDictionary<string, Offer>> _byCountry = new();

    /// <summary>An offer as sold in a country; null where the catalogue there does not have it.</summary>
    public async Task<Offer?> FindAsync(PartnerCenterClient client, string country, string offerId, CancellationToken cancellationToken)
    {
        var offers = await ListAsync(client, country, cancellationToken).ConfigureAwait(false);
        return offers.TryGetValue(offerId, out var offer) ? offer : null;
    }

    /// <summary>All offers of a country by their id.</summary>
    public Task<IReadOnlyDictionary<string, Offer>> ListAsync(PartnerCenterClient client, string country, CancellationToken cancellationToken)
    {
        return _byCountry.GetAsync(country, token => LoadAsync(client, country, token), cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, Offer>> LoadAsync(PartnerCenterClient client, string country, CancellationToken cancellationToken)
    {
        var byId = new Dictionary<string, Offer>(StringComparer.OrdinalIgnoreCase);
        foreach (var offer in await client.Offers.ListAsync(country, cancellationToken).ConfigureAwait(false))
        {
            byId[offer.Id] = offer;
        }

        return byId;
    }
}
