using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>Builds the world of a scenario.</summary>
internal static class WorldBuilder
{
    public static World Build(ScenarioName name, int seed, SandboxOptions options, IWorldObserver? observer)
    {
        var clock = new SandboxClock(options.Time);
        var ids = new IdSource(seed);
        var market = new Market(name.Enum<LegacyCommerce>(CommonOptions.LegacyCommerce));
        var startedOn = clock.Now;
        var products = new ProductMarket(ids, startedOn);
        name.Scenario.Arrange(market, products);
        var customers = name.Scenario.Customers(new ScenarioContext(name, ids, startedOn));
        return new World(clock, ids, market, products, new CustomerDirectory(customers))
        {
            Observer = observer,
            ProvisioningDelay = options.ProvisioningDelay,
            OrderListLag = name.Duration(CommonOptions.OrderListLag),
            SubscriptionListLag = name.Duration(CommonOptions.SubscriptionListLag),
            EndOfTerm = name.Enum<EndOfTermPolicy>(CommonOptions.EndOfTerm),
            Cloud = name.Enum<Cloud>(CommonOptions.Cloud),
            LacksMultiFactor = name.IsMissing(CommonOptions.MultiFactor),
            DeviceCodesWait = name.IsChosen(CommonOptions.DeviceCode, "waits"),
            TokenLifetime = name.Duration(CommonOptions.TokenLifetime),
            AnswersAccepted = name.IsOn(CommonOptions.Accepted),
            HasQuirks = name.IsOn(CommonOptions.Quirks),
        };
    }
}
