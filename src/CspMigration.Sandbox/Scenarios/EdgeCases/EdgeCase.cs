using System;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>What the edge cases are made of.</summary>
internal static class EdgeCase
{
    /// <summary>An expiring subscription with some users who hold its license.</summary>
    public static Action<AccountBuilder> Source(string offerId, int seats = 10, int holders = 6, string billingCycle = "monthly", string partnerId = "") =>
        builder => builder.Holders(builder.Expiring(offerId, seats, billingCycle: billingCycle, partnerId: partnerId).Sku, holders);

    public static DirectorySku Sku(string offerId) => OfferCatalog.Instance.Get(offerId).Sku;
}
