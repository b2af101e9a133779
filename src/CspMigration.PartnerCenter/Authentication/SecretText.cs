using System.Net;
using System.Security;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Secrets as the libraries need them, and as they come and go.</summary>
internal static class SecretText
{
    /// <summary>The text of a secret, without what copying it has added.</summary>
    public static string Read(SecureString secret) => CopiedText.Trim(new NetworkCredential("", secret).Password);

    public static SecureString Of(string text)
    {
        var secret = new NetworkCredential("", text).SecurePassword;
        secret.MakeReadOnly();
        return secret;
    }
}
