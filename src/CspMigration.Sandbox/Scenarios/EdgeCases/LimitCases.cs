using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Limited offers (here Team Members and a tier of the Customer Engagement Plan), and targets that the customer already has.</summary>
internal static class LimitCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "Limited offer with free seats",
            "Refuses a second Team Members subscription (27006); the active one has 15 free seats.",
            WithTarget(OfferIds.CrmEssential, OfferIds.TeamMembers, seats: 20, holders: 5)),
        new(
            "Limited offer with too few seats",
            "Refuses a second Team Members subscription (27006); the active one has one free seat and can be resized.",
            WithTarget(OfferIds.CrmEssential, OfferIds.TeamMembers, seats: 6, holders: 5)),
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
            "Sells the tier from a hundred seats on once in a customer's lifetime (27006); the customer had it, and it is deleted.",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmProfessional, seats: 100)(builder);
                builder.Delete(builder.Renewing(OfferIds.EngagementPlanFromHundred, 100), daysAgo: 40);
            }),
        new(
            "Successor with free seats",
            "Sells the Customer Engagement Plan again; the customer has one with 26 free seats.",
            WithTarget(OfferIds.CrmProfessional, OfferIds.EngagementPlan, seats: 30, holders: 4)),
    ];

    private static Action<AccountBuilder> WithTarget(string sourceId, string targetId, int seats, int holders) => builder =>
    {
        EdgeCase.Source(sourceId)(builder);
        _ = builder.Holders(builder.Renewing(targetId, seats).Sku, holders);
    };
}
