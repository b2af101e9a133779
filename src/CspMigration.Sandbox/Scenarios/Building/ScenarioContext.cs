using System;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>What a scenario is built from.</summary>
internal sealed class ScenarioContext
{
    public ScenarioContext(ScenarioName name, IdSource ids, DateTimeOffset startedOn)
    {
        Name = name;
        Ids = ids;
        StartedOn = startedOn;
    }

    public ScenarioName Name { get; }

    public IdSource Ids { get; }

    /// <summary>All dates are relative to it.</summary>
    public DateTimeOffset StartedOn { get; }
}
