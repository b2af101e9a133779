using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Add-ons, and two sources with one target.</summary>
internal static class AddOnCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "Add-on contained in the plan",
            "Five of eight users hold the add-on beside its base; both expire, and the base's target includes the add-on.",
            Base((builder, parent) => builder.Expiring(OfferIds.FieldServiceAddOn, 10, parent))),
        new(
            "Add-on that stays active",
            "The base expires, its add-on renews; neither is suspended with the other.",
            Base((builder, parent) => builder.Renewing(OfferIds.ProjectServiceAddOn, 10, parent))),
        new(
            "Two sources and one target",
            "Seven users hold each source, three of them both; Team Members is the target of both and can be purchased once.",
            builder =>
            {
                var selfServe = builder.Expiring(OfferIds.AxSelfServe, 10);
                var essential = builder.Expiring(OfferIds.CrmEssential, 10);
                var users = builder.Users(11);
                builder.Assign(users.Take(7), selfServe.Sku);
                builder.Assign(users.Skip(4), essential.Sku);
            }),
    ];

    // An expiring base with eight users, five of whom also hold the add-on.
    private static Action<AccountBuilder> Base(Func<AccountBuilder, Subscription, Subscription> addOn) => builder =>
    {
        var parent = builder.Expiring(OfferIds.CrmProfessional, 10);
        builder.Assign(builder.Holders(parent.Sku, 8).Take(5), addOn(builder, parent).Sku);
    };
}
