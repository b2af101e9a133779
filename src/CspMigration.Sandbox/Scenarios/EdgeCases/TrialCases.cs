using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Trials that can or cannot be converted.</summary>
internal static class TrialCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new("Trial that converts", "Offers and carries out the conversion; subscription, seats and licenses stay.", Trial),
        new("Trial that does not convert", "Offers no conversion, and answers one with an error inside of a 200 (800020).", Trial)
        {
            Terms = new CustomerTerms { HasNoConversions = true },
        },
    ];

    private static Action<AccountBuilder> Trial => builder => builder.Holders(builder.Trial(OfferIds.EngagementPlanTrial, 25).Sku, 10);
}
