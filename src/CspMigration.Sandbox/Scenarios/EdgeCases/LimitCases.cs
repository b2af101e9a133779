using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Offers a customer may have only once (in this scenario Team Members), and subscriptions it already has.</summary>
internal static class LimitCases
{
    public static IReadOnlyList<EdgeCase> All { get; } =
    [
        new(
            "Limited offer with free seats",
            "Refuses a second Team Members subscription (27006); the active one has 15 free seats.",
            WithSuccessor(OfferIds.CrmEssential, OfferIds.TeamMembers, seats: 20, holders: 5)),
        new(
            "Limited offer with too few seats",
            "Refuses a second Team Members subscription (27006); the active one has one free seat and can be given more.",
            WithSuccessor(OfferIds.CrmEssential, OfferIds.TeamMembers, seats: 6, holders: 5)),
        new(
            "Limited offer suspended",
            "Refuses a second Team Members subscription (27006); the suspended one can be reactivated.",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmEssential)(builder);
                builder.Suspend(builder.Renewing(OfferIds.TeamMembers, 10), daysAgo: 20);
            }),
        new(
            "No more subscriptions",
            "Refuses any further subscription of this customer (800066).",
            EdgeCase.Source(OfferIds.CrmProfessional))
        {
            Terms = new CustomerTerms { MaximumSubscriptions = 1 },
        },
        new(
            "Successor with free seats",
            "Sells the Customer Engagement Plan again; the customer has one with 26 free seats.",
            WithSuccessor(OfferIds.CrmProfessional, OfferIds.EngagementPlan, seats: 30, holders: 4)),
    ];

    private static Action<AccountBuilder> WithSuccessor(string sourceId, string successorId, int seats, int holders) => builder =>
    {
        EdgeCase.Source(sourceId)(builder);
        _ = builder.Holders(builder.Renewing(successorId, seats).Sku, holders);
    };
}
