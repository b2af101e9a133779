using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>The legacy catalog (docs/partner-center.md §7).</summary>
internal sealed class OfferOperations
{
    private readonly ServiceCaller _service;

    public OfferOperations(ServiceCaller service) => _service = service;

    /// <summary>All offers of a country, ISO 3166 two letters.</summary>
    public Task<IReadOnlyList<Offer>> ListAsync(string country, CancellationToken cancellationToken)
    {
        return _service.ListAsync(ServiceRoute.Of($"offers").WithQuery(("country", country)), "an offer", Offer.Read, cancellationToken);
    }
}
