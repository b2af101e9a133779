using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Where access tokens come from.</summary>
internal interface IAccessTokenSource
{
    /// <summary>How it signs in, as shown to the user.</summary>
    string Mode { get; }

    /// <summary>Whether a refused token can be replaced by a new one.</summary>
    bool CanRenew { get; }

    /// <summary>A token that is valid now.</summary>
    /// <param name="refused">A token the service did not accept, not to be given again; null for the first.</param>
    /// <param name="observer">Hears of what it takes to get one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<AccessToken> GetAsync(AccessToken? refused, IOperationObserver observer, CancellationToken cancellationToken);
}
