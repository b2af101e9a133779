using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Subscriptions with an indirect reseller on record.</summary>
internal static class ResellerCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new("Reseller of record", "The source has a reseller of record.", EdgeCase.Source(OfferIds.CrmProfessional, partnerId: "4567890")),
        new(
            "Reseller no longer valid",
            "The reseller of record of the source has an id that is unknown (1000) and refused in a purchase (900247).",
            EdgeCase.Source(OfferIds.CrmProfessional, partnerId: "12")),
    ];
}
