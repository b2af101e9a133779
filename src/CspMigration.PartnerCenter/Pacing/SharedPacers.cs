using System;
using CspMigration.PartnerCenter.Sharing;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>
/// One pacer for an endpoint and partner in this process, whatever the number of connections: the service counts
/// what they send together (docs/partner-center.md §3, "Throttling").
/// </summary>
internal static class SharedPacers
{
    private static readonly SharedItems<RequestPacer> InUse = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pacer of an endpoint and partner; what it has learned is forgotten with the last lease.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="tenantId">The partner; for Microsoft Graph the customer.</param>
    /// <param name="places">How many calls may be under way at once, to begin with.</param>
    public static Lease<RequestPacer> Lease(Uri endpoint, string tenantId, int places = ConcurrencyLimit.First)
    {
        return InUse.Lease($"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')} {tenantId}", () => new RequestPacer(TimeProvider.System, places));
    }
}
