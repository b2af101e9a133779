using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>The application signs in as itself, with its secret or certificate.</summary>
internal sealed class ApplicationSignIn : ISignIn
{
    private readonly IConfidentialClientApplication _application;
    private readonly IReadOnlyList<string> _scopes;

    public ApplicationSignIn(IConfidentialClientApplication application, IReadOnlyList<string> scopes)
    {
        _application = application;
        _scopes = scopes;
    }

    public string Mode => "Application";

    public bool IsAppOnly => true;

    public Task<AuthenticationResult> SignInAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken)
    {
        return _application.AcquireTokenForClient(_scopes).WithForceRefresh(renew).ExecuteAsync(cancellationToken);
    }
}
