using System;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>How to sign in, and with what.</summary>
public sealed class SignInOptions
{
    /// <summary>How.</summary>
    public SignInMethod Method { get; set; }

    /// <summary>The id of the application that is registered in the partner's tenant.</summary>
    public string ApplicationId
    {
        get;
        set => field = CopiedText.Trim(value);
    } = "";

    /// <summary>The refresh token, for <see cref="SignInMethod.RefreshToken"/>.</summary>
    public SecureString? RefreshToken { get; set; }

    /// <summary>The application's secret; null where it has a certificate, or is a public one.</summary>
    public SecureString? Secret { get; set; }

    /// <summary>The application's certificate, with its private key.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Scheme, host and port to sign in at; null for the cloud's own. Plain HTTP only on this machine.</summary>
    public Uri? Authority { get; set; }

    /// <summary>Asks the user although the system keeps an earlier sign-in, which is forgotten.</summary>
    public bool PromptAgain { get; set; }

    /// <summary>Whether a user can be prompted: where not, only a sign-in the system keeps can help.</summary>
    public bool CanAsk { get; set; } = true;

    /// <summary>
    /// Gets every refresh token that is issued, once, where the user's code may run (<see cref="IOperationObserver.RunHandler"/>),
    /// and disposes of it.
    /// </summary>
    public Action<SecureString>? RefreshTokenIssued { get; set; }

    /// <summary>Opens a page for the user; null for the system's browser.</summary>
    internal Action<Uri>? OpenBrowser { get; set; }
}
