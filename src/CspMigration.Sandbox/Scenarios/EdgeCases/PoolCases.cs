using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Two subscriptions of one SKU, whose seats are one pool.</summary>
internal static class PoolCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "One SKU twice and one expiring",
            "Fourteen users hold one of twenty units; ten of them renew.",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmProfessional, holders: 14)(builder);
                _ = builder.Renewing(OfferIds.CrmProfessional, 10);
            }),
        new(
            "One SKU twice and both expiring",
            "Fourteen users hold one of twenty units, all of which expire.",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmProfessional, holders: 14)(builder);
                _ = builder.Expiring(OfferIds.CrmProfessional, 10);
            }),
    ];
}
