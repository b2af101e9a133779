using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Units purchased through another channel: in the directory, but in no subscription of this partner.</summary>
internal static class ChannelCases
{
    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "Bought through another channel",
            "Seven users hold one of ten units that no subscription accounts for.",
            builder =>
            {
                builder.OtherChannel(EdgeCase.Sku(OfferIds.CrmProfessional), 10);
                _ = builder.Holders(EdgeCase.Sku(OfferIds.CrmProfessional), 7);
            }),
        new(
            "Bought through two channels",
            "Twelve users hold one of fifteen units, ten of which are an expiring subscription's.",
            builder =>
            {
                builder.OtherChannel(EdgeCase.Sku(OfferIds.CrmProfessional), 5);
                EdgeCase.Source(OfferIds.CrmProfessional, holders: 12)(builder);
            }),
    ];
}
