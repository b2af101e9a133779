using System.Collections.Generic;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>A named setup of customers and their subscriptions.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    public abstract string Description { get; }

    /// <summary>The options of this scenario only.</summary>
    public virtual IReadOnlyList<ScenarioOption> Options => [];

    /// <summary>Customer name and behavior of the service, if each customer demonstrates a case.</summary>
    public virtual IReadOnlyList<(string Customer, string Service)> Cases => [];

    /// <summary>All its options.</summary>
    public IReadOnlyList<ScenarioOption> AllOptions => [.. Options, .. CommonOptions.All];

    public abstract IReadOnlyList<Customer> Customers(ScenarioContext context);

    /// <summary>Changes what is on sale.</summary>
    public virtual void Arrange(Market market, ProductMarket products)
    {
    }
}
