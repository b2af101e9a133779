using System;

namespace CspMigration.Sandbox.State;

/// <summary>A process of an account that runs step by step, by the clock.</summary>
internal interface IProcess
{
    /// <summary>When its next step is due; null if it has finished.</summary>
    DateTimeOffset? Next { get; }

    /// <summary>Runs the step that is due at <see cref="Next"/>.</summary>
    void Step();
}
