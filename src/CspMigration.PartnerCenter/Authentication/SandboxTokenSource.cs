using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>The embedded sandbox takes any token.</summary>
internal sealed class SandboxTokenSource : IAccessTokenSource
{
    private static readonly Task<AccessToken> Token = Task.FromResult(AccessToken.Of("sandbox"));

    public string Mode => "Sandbox";

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken) => Token;
}
