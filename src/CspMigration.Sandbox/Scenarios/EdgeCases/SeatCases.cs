using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>SKUs and numbers of seats that are out of the ordinary.</summary>
internal static class SeatCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "Same SKU on both sides",
            "The expiring offer and the Customer Engagement Plan lead to the same directory SKU: their seats are one pool.",
            EdgeCase.Source(OfferIds.EngagementPlanFromBasic)),
        new(
            "More users than seats",
            "Eight users hold a license of a subscription with five seats: its SKU has minus three available units.",
            EdgeCase.Source(OfferIds.CrmProfessional, seats: 5, holders: 8)),
        new(
            "Fewer seats than the minimum",
            "Only new commerce sells the target, from five seats on; the source has four (10010).",
            EdgeCase.Source(OfferIds.AxTask, seats: 4, holders: 3)),
    ];
}
