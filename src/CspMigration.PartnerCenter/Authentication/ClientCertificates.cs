using System;
using System.Security.Cryptography.X509Certificates;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Certificates an application signs in with.</summary>
public static class ClientCertificates
{
    /// <summary>Finds one in the user's store, then in the machine's.</summary>
    /// <param name="thumbprint">Its SHA-1 thumbprint, in hexadecimal; spaces, colons and invisible marks do not matter.</param>
    /// <exception cref="CspMigrationException"><c>CredentialRefused</c>: there is none.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        var text = CopiedText.Thumbprint(thumbprint);
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            if (Find(text, location) is { } certificate)
            {
                return certificate;
            }
        }

        throw PartnerCenterErrors.CredentialRefused.Exception(
            $"There is no certificate with the thumbprint {thumbprint} in the personal store of the user or of the machine.",
            remedy: ServiceRemedies.CheckThumbprint());
    }

    /// <summary>Refuses one that cannot be signed in with.</summary>
    internal static X509Certificate2 Check(X509Certificate2 certificate)
    {
        if (!certificate.HasPrivateKey)
        {
            throw PartnerCenterErrors.CredentialRefused.Exception(
                $"The certificate {certificate.Thumbprint} has no private key here.", remedy: ServiceRemedies.InstallPrivateKey());
        }

        return certificate.NotAfter.ToUniversalTime() > DateTime.UtcNow
            ? certificate
            : throw PartnerCenterErrors.CredentialRefused.Exception(
                $"The certificate {certificate.Thumbprint} ended on {certificate.NotAfter.ToUniversalTime():u}.",
                remedy: ServiceRemedies.ReplaceCertificate());
    }

    private static X509Certificate2? Find(string thumbprint, StoreLocation location)
    {
        using var store = new X509Store(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Systems other than Windows have no store of the machine.
            return null;
        }

        var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        return found.Count > 0 ? found[0] : null;
    }
}
