using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Customers without a full relationship, or in another country.</summary>
internal static class TrustCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new("Advisor only", "Listed as advised; all commerce is refused (20002) until a day after a relationship was requested.", Source)
        {
            Relationship = "advisor",
        },
        new("Not a customer yet", "Neither listed nor found (1000), commerce refused (20002), until a day after a relationship was requested.", Source)
        {
            Relationship = "none",
        },
        new("Customer in another country", "The partner may not sell there (2030): neither orders nor carts.", Source)
        {
            Country = "CA",
        },
        new("No delegated rights", "Commerce works; users, licenses and SKUs are refused (900308).", Source)
        {
            Delegation = DelegationRefusal.NoPrivileges,
        },
        new("Conditional access", "Commerce works; users, licenses and SKUs are refused (900309).", Source)
        {
            Delegation = DelegationRefusal.ConditionalAccess,
        },
        new("Unknown to the directory", "Commerce works; users, licenses and SKUs are refused as if there were no relationship (20002).", Source)
        {
            Delegation = DelegationRefusal.NoRelationship,
        },
        new("No consent for Microsoft Graph", "Commerce and Partner Center's licenses work; no token for Microsoft Graph is issued (AADSTS65001).", Source)
        {
            Terms = new CustomerTerms { GraphConsent = GraphConsent.None },
        },
    ];

    private static Action<AccountBuilder> Source => EdgeCase.Source(OfferIds.CrmProfessional);
}
