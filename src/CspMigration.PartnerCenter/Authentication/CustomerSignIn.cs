using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>
/// Signs in at a customer's tenant on behalf of the partner's user, without a prompt. It has an application object of its own, whose
/// cache no one watches: the refresh tokens that come back from a customer's tenant are neither kept nor handed out.
/// </summary>
internal sealed class CustomerSignIn : ISignIn
{
    private readonly IClientApplicationBase _application;
    private readonly IssuedRefreshTokens _refreshTokens;
    private readonly string _home;
    private readonly string _tenantId;
    private readonly string[] _scopes;

    /// <param name="application">The application.</param>
    /// <param name="refreshTokens">Those of the partner's own tenant.</param>
    /// <param name="home">The partner's tenant.</param>
    /// <param name="tenantId">The customer's tenant.</param>
    /// <param name="resource">The service to sign in for.</param>
    public CustomerSignIn(IClientApplicationBase application, IssuedRefreshTokens refreshTokens, string home, string tenantId, string resource)
    {
        _application = application;
        _refreshTokens = refreshTokens;
        _home = home;
        _tenantId = tenantId;
        _scopes = [resource + "/.default"];
    }

    public string Mode => "Customer";

    public bool IsAppOnly => false;

    public async Task<AuthenticationResult> SignInAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken)
    {
        while (_refreshTokens.Latest is { } token)
        {
            try
            {
                return await ((IByRefreshToken)_application).AcquireTokenByRefreshToken(_scopes, token).WithTenantId(_tenantId).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MsalServiceException)
            {
                // The partner's own sign-in may have redeemed it meanwhile: there is another then.
                await WaitForRotationAsync().ConfigureAwait(false);
                if (_refreshTokens.Latest == token)
                {
                    throw;
                }
            }
        }

        // The sign-in that the system keeps shows no refresh token; the library finds it in the cache.
        var accounts = (await _application.GetAccountsAsync().ConfigureAwait(false)).ToList();
        var account = accounts.Find(account => string.Equals(account.HomeAccountId?.TenantId, _home, StringComparison.OrdinalIgnoreCase)) ?? accounts.FirstOrDefault();
        return await _application.AcquireTokenSilent(_scopes, account).WithTenantId(_tenantId).WithForceRefresh(renew).ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WaitForRotationAsync()
    {
        try
        {
            await _refreshTokens.Rotation.ConfigureAwait(false);
        }
        catch (Exception e) when (SignInFailure.Explains(e))
        {
            // Whoever signs in there is told.
        }
    }
}
