using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Add-ons, and two sources with one successor.</summary>
internal static class AddOnCases
{
    public static IReadOnlyList<EdgeCase> All { get; } =
    [
        new(
            "Add-on contained in the plan",
            "Five of eight users hold the add-on beside its base; both run out, and the plan that succeeds the base contains the add-on.",
            Base((builder, parent) => builder.Expiring(OfferIds.FieldServiceAddOn, 10, parent))),
        new(
            "Add-on that stays active",
            "The base runs out, its add-on renews; neither is suspended with the other.",
            Base((builder, parent) => builder.Renewing(OfferIds.ProjectServiceAddOn, 10, parent))),
        new(
            "Two sources and one successor",
            "Seven users hold the one, seven the other, three of them both; Team Members succeeds both and can be had once.",
            builder =>
            {
                var selfServe = builder.Expiring(OfferIds.AxSelfServe, 10);
                var essential = builder.Expiring(OfferIds.CrmEssential, 10);
                var users = builder.Users(11);
                builder.Assign(users.Take(7), selfServe.Sku);
                builder.Assign(users.Skip(4), essential.Sku);
            }),
    ];

    // An expiring base with eight users, five of whom hold the add-on too.
    private static Action<AccountBuilder> Base(Func<AccountBuilder, Subscription, Subscription> addOn) => builder =>
    {
        var parent = builder.Expiring(OfferIds.CrmProfessional, 10);
        builder.Assign(builder.Holders(parent.Sku, 8).Take(5), addOn(builder, parent).Sku);
    };
}
