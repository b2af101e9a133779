using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Certificates an application signs in with.</summary>
public static class ClientCertificates
{
    /// <summary>Finds one in the stores of the user and of the machine; where both have it, the one with its private key.</summary>
    /// <param name="thumbprint">Its SHA-1 thumbprint, in hexadecimal; spaces, colons and invisible marks do not matter.</param>
    /// <exception cref="CspMigrationException"><c>CredentialRefused</c>: there is none.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        var text = CopiedText.Thumbprint(thumbprint);
        return Usable([.. Find(text, StoreLocation.CurrentUser), .. Find(text, StoreLocation.LocalMachine)]) ?? throw PartnerCenterErrors.CredentialRefused.Exception(
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

    /// <summary>The first with its private key, else the first, so that what is said of it is what it lacks; the others are disposed.</summary>
    internal static X509Certificate2? Usable(IReadOnlyList<X509Certificate2> found)
    {
        var usable = found.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? found.FirstOrDefault();
        foreach (var other in found.Where(certificate => certificate != usable))
        {
            other.Dispose();
        }

        return usable;
    }

    private static IEnumerable<X509Certificate2> Find(string thumbprint, StoreLocation location)
    {
        using var store = new X509Store(StoreName.My, location);
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Systems other than Windows have no store of the machine.
            return [];
        }

        return [.. store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).Cast<X509Certificate2>()];
    }
}
