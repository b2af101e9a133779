using System;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Chance for jitter, safe to draw from any thread.</summary>
internal static class SharedRandom
{
    private static readonly Random Source = new();

    /// <summary>A number from 0 to 1.</summary>
    public static double Next()
    {
        lock (Source)
        {
#pragma warning disable CA5394 // Jitter keeps no secret.
            return Source.NextDouble();
#pragma warning restore CA5394
        }
    }
}
