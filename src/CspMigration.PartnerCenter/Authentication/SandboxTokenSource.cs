using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>The embedded sandbox takes any token for Partner Center; for the tenants of customers it issues them.</summary>
internal sealed class SandboxTokenSource : IAccessTokenSource, ICustomerTokens
{
    private static readonly Task<AccessToken> Token = Task.FromResult(AccessToken.Of("sandbox"));

    private readonly ServiceOptions _options;

    public SandboxTokenSource(ServiceOptions options) => _options = options;

    public string Mode => "Sandbox";

    public bool ActsForUser => true;

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken) => Token;

    public IAccessTokenSource ForCustomer(string tenantId, string resource) => new SandboxCustomerTokens(_options, tenantId, resource);
}
