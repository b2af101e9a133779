using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>One access token, given by the user; it cannot be renewed.</summary>
internal sealed class FixedTokenSource : IAccessTokenSource
{
    private readonly Task<AccessToken> _token;

    /// <param name="token">The token; read now, so that the caller may dispose of it.</param>
    /// <param name="mode">How it is named to the user.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>Unauthorized</c>: no request can carry it.</exception>
    public FixedTokenSource(SecureString token, string mode)
    {
        _token = Task.FromResult(AccessToken.Of(CopiedText.AccessToken(SecretText.Read(token))));
        Mode = mode;
    }

    public string Mode { get; }

    public bool CanRenew => false;

    public Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken) => _token;
}
