namespace CspMigration.PartnerCenter.Authentication;

/// <summary>How to sign in at the identity platform.</summary>
public enum SignInMethod
{
    /// <summary>With a refresh token from an earlier sign-in, on behalf of that user: the secure application model.</summary>
    RefreshToken,

    /// <summary>As the application itself, without a user.</summary>
    Application,

    /// <summary>A user enters a code on any device.</summary>
    DeviceCode,

    /// <summary>A user signs in with the browser of this machine.</summary>
    Interactive,
}
