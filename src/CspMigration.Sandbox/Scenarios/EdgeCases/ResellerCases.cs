using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Subscriptions an indirect reseller is on record for.</summary>
internal static class ResellerCases
{
    public static IReadOnlyList<EdgeCase> All { get; } =
    [
        new("Reseller of record", "A reseller is on record for the source.", EdgeCase.Source(OfferIds.CrmProfessional, partnerId: "4567890")),
        new(
            "Reseller no longer valid",
            "The reseller on record for the source has an id that is not known (1000) and refused in a purchase (900247).",
            EdgeCase.Source(OfferIds.CrmProfessional, partnerId: "12")),
    ];
}
