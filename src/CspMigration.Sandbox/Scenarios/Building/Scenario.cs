using System.Collections.Generic;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>A named set-up: which customers there are, and what they have.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    public abstract string Description { get; }

    /// <summary>The options only this scenario takes.</summary>
    public virtual IReadOnlyList<ScenarioOption> Options => [];

    /// <summary>Its customers by name, each with what the service does about it, where each shows one thing.</summary>
    public virtual IReadOnlyList<(string Customer, string Service)> Cases => [];

    /// <summary>All options it takes.</summary>
    public IReadOnlyList<ScenarioOption> AllOptions => [.. Options, .. CommonOptions.All];

    public abstract IReadOnlyList<Customer> Customers(ScenarioContext context);

    /// <summary>Sells some things on other terms than the catalog's, or not at all.</summary>
    public virtual void Arrange(Market market, ProductMarket products)
    {
    }
}
