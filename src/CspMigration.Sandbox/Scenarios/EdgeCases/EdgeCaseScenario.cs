using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>One customer for each case that is out of the ordinary, named after the case.</summary>
internal sealed class EdgeCaseScenario : CaseScenario
{
    protected override IReadOnlyList<CustomerCase> Table { get; } =
    [
        .. LimitCases.All,
        .. TrialCases.All,
        .. AddOnCases.All,
        .. SeatCases.All,
        .. TermCases.All,
        .. ChannelCases.All,
        .. TrustCases.All,
        .. SaleCases.All,
        .. ResellerCases.All,
        .. PoolCases.All,
        .. LicenseCases.All,
    ];

    public override string Name => "edge-cases";

    public override string Description =>
        $"{Table.Count} customers, one for each case and named after it: limits, trials, add-ons, channels, trust, sale, licenses.";

    public override void Arrange(Market market, ProductMarket products)
    {
        market.Add(OfferIds.TeamMembers, new OfferRule { Limit = 1, LimitUnit = "Concurrent" });
        market.Add(OfferIds.EngagementPlanFromHundred, new OfferRule { Limit = 1, LimitUnit = "Lifetime" });
        market.Add(OfferIds.OperationsPlan, new OfferRule { IsNotForSale = true });
        market.Add(OfferIds.Activity, new OfferRule { IsUnlisted = true });
        market.Add(OfferIds.OperationsDevice, new OfferRule { IsNotForSale = true });
        products.Withdraw(EdgeCase.Sku(OfferIds.OperationsPlan));
    }
}
