using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>The partner's own profiles (docs/partner-center.md §13), and whether another partner is known.</summary>
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

    /// <summary>
    /// Whether a Microsoft partner id is valid: it is where its profile can be read (public docs, "Verify a PartnerID"). Needs an
    /// App+User token.
    /// </summary>
    /// <returns>False where the service itself says that there is none such; what only the gateway does not find is a failure.</returns>
    public async Task<bool> IsPartnerIdValidAsync(string partnerId, CancellationToken cancellationToken)
    {
        try
        {
            _ = await _service.SendAsync(ServiceRequest.Get(ServiceRoute.Of($"profiles/mpn").WithQuery(("mpnId", partnerId))), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CspMigrationException e) when (e is { StatusCode: 404, ServiceCode: not null } || e.ErrorId == PartnerCenterErrors.ResellerNotValid.Id)
        {
            return false;
        }
    }
}
