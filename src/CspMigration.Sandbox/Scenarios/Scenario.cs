using System.Collections.Generic;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>A named set-up: which customers there are, and what they have.</summary>
internal abstract class Scenario
{
    public abstract string Name { get; }

    public abstract string Description { get; }

    /// <summary>The options only this scenario takes.</summary>
    public virtual IReadOnlyList<ScenarioOption> Options => [];

    public abstract IReadOnlyList<Customer> Customers(ScenarioContext context);

    /// <summary>Sells some offers on other terms than the catalogue's.</summary>
    public virtual void Arrange(Market market)
    {
    }
}
