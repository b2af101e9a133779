using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>One way to sign in.</summary>
internal interface ISignIn
{
    /// <summary>Its name, as shown to the user.</summary>
    string Mode { get; }

    /// <summary>Whether its tokens have no user in them.</summary>
    bool IsAppOnly { get; }

    /// <summary>Gets an access token.</summary>
    /// <param name="renew">Whether one was had before and is to be replaced: then there is no prompt.</param>
    /// <param name="observer">Hears what the user has to do.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<AuthenticationResult> SignInAsync(bool renew, IOperationObserver observer, CancellationToken cancellationToken);
}
