using System;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>The input of a scenario.</summary>
internal sealed class ScenarioContext
{
    public ScenarioContext(ScenarioSelection selection, IdSource ids, DateTimeOffset startedOn)
    {
        Selection = selection;
        Ids = ids;
        StartedOn = startedOn;
    }

    public ScenarioSelection Selection { get; }

    public IdSource Ids { get; }

    /// <summary>All dates are relative to it.</summary>
    public DateTimeOffset StartedOn { get; }
}
