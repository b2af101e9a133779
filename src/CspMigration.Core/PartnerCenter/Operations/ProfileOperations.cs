using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.PartnerCenter.Operations;

/// <summary>The partner's own profiles (API docs §13).</summary>
internal sealed class ProfileOperations
{
    private readonly ServiceCaller _service;

    public ProfileOperations(ServiceCaller service) => _service = service;

    /// <summary>Tenant id and name; needs an App+User token.</summary>
    public Task<PartnerProfile> GetOrganizationAsync(CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"profiles/organization"), "the organization profile", PartnerProfile.Read, cancellationToken);
    }

    /// <summary>Name and country the partner sells in.</summary>
    public Task<PartnerProfile> GetLegalBusinessAsync(CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"profiles/legalbusiness"), "the legal business profile", PartnerProfile.Read, cancellationToken);
    }
}
