using System;
using System.IO;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensions.Msal;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>
/// Keeps a user's sign-in encrypted by the system: DPAPI on Windows, Keychain on macOS, libsecret on Linux. Where there is
/// none of these, or no place for its file, it is kept in memory only; never in a readable file.
/// </summary>
internal static class EncryptedTokenCache
{
    private const string Product = "CspMigration";

    /// <summary>Ties a cache to the system's store, where it has one.</summary>
    /// <param name="cache">What is kept.</param>
    /// <param name="folder">Where the encrypted file is.</param>
    /// <param name="observer">Hears where it cannot be kept.</param>
    public static async Task KeepAsync(ITokenCache cache, string folder, IOperationObserver observer)
    {
        try
        {
            var store = await MsalCacheHelper.CreateAsync(Properties(folder)).ConfigureAwait(false);
            store.VerifyPersistence();
            store.RegisterCache(cache);
        }
        catch (Exception e) when (e is MsalCachePersistenceException or DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
        {
            observer.Verbose("The sign-in cannot be kept encrypted on this system: it is kept in memory only, until the connection is closed.");
        }
    }

    private static StorageCreationProperties Properties(string folder)
    {
        return new StorageCreationPropertiesBuilder("tokens.bin", folder)
            .WithMacKeyChain(Product, "tokens")
            .WithLinuxKeyring("cspmigration.tokens", MsalCacheHelper.LinuxKeyRingDefaultCollection, "Sign-in of CspMigration", new("product", Product), new("version", "1"))
            .Build();
    }
}
