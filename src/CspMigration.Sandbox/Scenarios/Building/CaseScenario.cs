using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>A scenario with one customer for each case, named after it.</summary>
internal abstract class CaseScenario : Scenario
{
    public override IReadOnlyList<(string Customer, string Service)> Cases => [.. Table.Select(row => (row.Name, row.Service))];

    /// <summary>The cases.</summary>
    protected abstract IReadOnlyList<CustomerCase> Table { get; }

    public override IReadOnlyList<Customer> Customers(ScenarioContext context) => [.. Table.Select(row => row.Customer(Name, context))];
}
