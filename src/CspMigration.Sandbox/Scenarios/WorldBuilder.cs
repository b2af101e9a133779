using System;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>Builds the world of a scenario.</summary>
internal static class WorldBuilder
{
    public static World Build(ScenarioSelection selection, int seed, TimeProvider time, TimeSpan provisioningDelay, IWorldObserver? observer)
    {
        var clock = new SandboxClock(time);
        var ids = new IdSource(seed);
        var market = new Market(selection.Enum<LegacyCommerce>(CommonOptions.LegacyCommerce));
        var startedOn = clock.Now;
        var products = new ProductMarket(ids, startedOn);
        selection.Scenario.Arrange(market, products);
        var customers = selection.Scenario.Customers(new ScenarioContext(selection, ids, startedOn));
        return new World(clock, ids, market, products, new CustomerDirectory(customers))
        {
            Observer = observer,
            ProvisioningDelay = provisioningDelay,
            OrderListLag = selection.Duration(CommonOptions.OrderListLag),
            SubscriptionListLag = selection.Duration(CommonOptions.SubscriptionListLag),
            EndOfTerm = selection.Enum<EndOfTermPolicy>(CommonOptions.EndOfTerm),
            FailsFirstTransition = selection.IsChosen(CommonOptions.FirstTransition, "fails"),
            GraphIndexLag = selection.Duration(CommonOptions.GraphIndexLag),
            GraphConsent = selection.Enum<GraphConsent>(CommonOptions.GraphConsent),
            GraphWrites = new WriteLimiter(selection.Whole(CommonOptions.GraphWrites)),
            Cloud = selection.Enum<Cloud>(CommonOptions.Cloud),
            LacksMultiFactor = selection.IsMissing(CommonOptions.MultiFactor),
            DeviceCodesWait = selection.IsChosen(CommonOptions.DeviceCode, "waits"),
            TokenLifetime = selection.Duration(CommonOptions.TokenLifetime),
            AnswersAccepted = selection.IsOn(CommonOptions.Accepted),
            HasQuirks = selection.IsOn(CommonOptions.Quirks),
        };
    }
}
