using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Signs in on behalf of the user a refresh token was issued to; each time with the latest one.</summary>
internal sealed class RefreshTokenSignIn : ISignIn
{
    private readonly IByRefreshToken _application;
    private readonly IReadOnlyList<string> _scopes;
    private readonly IssuedRefreshTokens _refreshTokens;

    public RefreshTokenSignIn(IByRefreshToken application, IReadOnlyList<string> scopes, IssuedRefreshTokens refreshTokens)
    {
        _application = application;
        _scopes = scopes;
        _refreshTokens = refreshTokens;
    }

    public string Mode => "RefreshToken";

    public bool IsAppOnly => false;

    public Task<AuthenticationResult> SignInAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken)
    {
        return _application.AcquireTokenByRefreshToken(_scopes, _refreshTokens.Latest).ExecuteAsync(cancellationToken);
    }
}
