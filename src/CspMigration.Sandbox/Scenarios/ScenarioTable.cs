using System.Collections.Generic;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>All scenarios.</summary>
internal static class ScenarioTable
{
    public static IReadOnlyList<Scenario> All { get; } = [new Contoso(), new SeedMapping(), new EdgeCases.EdgeCaseScenario(), new NewCommerce(), new Retired(), new Office365E4(), new AnotherChannel(), new Scale()];
}
