using System;
using System.Collections.Generic;
using CspMigration.Core.Threading;

namespace CspMigration.Core.PartnerCenter.Pacing;

/// <summary>
/// One pacer for an endpoint and partner in this process, whatever the number of connections: the service counts
/// what they send together (API docs §3, "Throttling").
/// </summary>
internal static class SharedPacers
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, (RequestPacer Pacer, int Users)> InUse = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pacer of an endpoint and partner; what it has learned is forgotten with the last lease.</summary>
    public static Lease<RequestPacer> Lease(Uri endpoint, string partnerTenantId)
    {
        var key = $"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')} {partnerTenantId}";
        lock (Gate)
        {
            var (pacer, users) = InUse.TryGetValue(key, out var shared) ? shared : (new RequestPacer(TimeProvider.System), 0);
            InUse[key] = (pacer, users + 1);
            return new Lease<RequestPacer>(pacer, () => End(key));
        }
    }

    private static void End(string key)
    {
        lock (Gate)
        {
            var (pacer, users) = InUse[key];
            if (users > 1)
            {
                InUse[key] = (pacer, users - 1);
                return;
            }

            _ = InUse.Remove(key);
            pacer.Dispose();
        }
    }
}
