using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Users whose licenses cannot simply be replaced.</summary>
internal static class LicenseCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "No usage location",
            "Two of six users have no usage location: no license can be assigned to them.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmProfessional, 10).Sku;
                _ = builder.Holders(sku, 4);
                builder.Assign(builder.Users(2, usageLocation: null), sku);
            }),
        new(
            "License held through a group",
            "Two of six users have the license from a group: it cannot be removed from them.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmProfessional, 10).Sku;
                _ = builder.Holders(sku, 4);
                foreach (var user in builder.Users(2))
                {
                    builder.AssignByGroup(user, sku);
                }
            }),
        new(
            "Held by a group alone",
            "All six users have the license from one group.",
            builder => JoinAll(builder, builder.Users(6), builder.Group("Sales", builder.Expiring(OfferIds.CrmProfessional, 10).Sku))),
        new(
            "Held by a group and directly",
            "Two of six users have the license directly and from a group, in one seat each: without the direct one they keep that of the group.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmProfessional, 10).Sku;
                JoinAll(builder, builder.Holders(sku, 6).Take(2), builder.Group("Sales", sku));
            }),
        new(
            "Nested group",
            "Two of six users have the license from a group; the member of a group in it has none.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmProfessional, 10).Sku;
                _ = builder.Holders(sku, 4);
                var group = builder.Group("Sales", sku);
                JoinAll(builder, builder.Users(2), group);
                var nested = builder.Group("Sales assistants");
                JoinAll(builder, builder.Users(1), nested);
                group.NestedGroups.Add(nested);
            }),
        new(
            "Group with a second product",
            "A group of three assigns two SKUs, one of them with two units: its third member gets neither (CountViolation). Three more users have the license directly.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmProfessional, 10).Sku;
                _ = builder.Holders(sku, 3);
                var group = builder.Group("Sales", sku, builder.Renewing(OfferIds.ServiceDesk, 2).Sku);
                JoinAll(builder, builder.Users(2), group);
                AccountBuilder.JoinInVain(builder.Users(1)[0], group, "CountViolation");
            }),
        new(
            "No free seat",
            "The plan's SKU has ten holders and five seats: five more are all in use, and no license can be assigned (60012).",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmProfessional, seats: 5, holders: 5)(builder);
                _ = builder.Holders(builder.Renewing(OfferIds.EngagementPlan, 5).Sku, 10);
            }),
        new(
            "Conflicting plans",
            "Two of six users hold a service desk, which excludes the plan's customer service.",
            builder =>
            {
                var users = builder.Holders(builder.Expiring(OfferIds.CrmProfessional, 10).Sku, 6);
                builder.Assign(users.Take(2), builder.Renewing(OfferIds.ServiceDesk, 5).Sku);
            }),
        new(
            "Plans matched by name",
            "Users have plans switched off: the target has one of them under another id and lacks another.",
            builder =>
            {
                var sku = builder.Expiring(OfferIds.CrmBasic, 10).Sku;
                var users = builder.Users(6);
                builder.Assign(users[0], sku, "SHAREPOINTWAC");
                builder.Assign(users[1], sku, "NBENTERPRISE");
                builder.Assign(users[2], sku, "SHAREPOINTWAC", "NBENTERPRISE");
                builder.Assign(users.Skip(3), sku);
            }),
        new(
            "Deleted and unlicensed users",
            "Six users hold the license; of four others one is deleted, two have no license, and one has a license of the other group.",
            builder =>
            {
                EdgeCase.Source(OfferIds.CrmProfessional)(builder);
                builder.DeletedUser();
                _ = builder.Users(2);
                var classroom = SkuCatalog.Instance.ByPartNumber("SANDBOX_CLASSROOM");
                builder.OtherChannel(classroom, 5);
                _ = builder.Holders(classroom, 1);
            }),
    ];

    private static void JoinAll(AccountBuilder builder, IEnumerable<User> users, Group group)
    {
        foreach (var user in users)
        {
            builder.Join(user, group);
        }
    }
}
