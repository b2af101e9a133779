using System;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Files;
using CspMigration.PartnerCenter.Observation;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensions.Msal;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>
/// Keeps a user's sign-in encrypted by the system: DPAPI on Windows, Keychain on macOS, libsecret on Linux. Where there is
/// none of these it is kept in memory only; never in a readable file.
/// </summary>
internal static class EncryptedTokenCache
{
    private const string Product = "CspMigration";

    /// <summary>Ties a cache to the system's store, where it has one.</summary>
    public static async Task KeepAsync(ITokenCache cache, IOperationObserver observer)
    {
        try
        {
            var store = await MsalCacheHelper.CreateAsync(Properties()).ConfigureAwait(false);
            store.VerifyPersistence();
            store.RegisterCache(cache);
        }
        catch (Exception e) when (e is MsalCachePersistenceException or DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
        {
            observer.Verbose("This system offers no store that encrypts the sign-in: it is kept in memory only, until the connection is closed.");
        }
    }

    private static StorageCreationProperties Properties()
    {
        return new StorageCreationPropertiesBuilder("tokens.bin", StateFolder.Path)
            .WithMacKeyChain(Product, "tokens")
            .WithLinuxKeyring("cspmigration.tokens", MsalCacheHelper.LinuxKeyRingDefaultCollection, "Sign-in of CspMigration", new("product", Product), new("version", "1"))
            .Build();
    }
}
