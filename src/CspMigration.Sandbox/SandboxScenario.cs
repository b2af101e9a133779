using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A scenario by its name, for help and completion.</summary>
public sealed class SandboxScenario
{
    internal SandboxScenario(string name, string description, IReadOnlyList<string> options, IReadOnlyList<SandboxCase> cases)
    {
        Name = name;
        Description = description;
        Options = options;
        Cases = cases;
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>What is in it, in a line.</summary>
    public string Description { get; }

    /// <summary>The options only it takes, each with what it accepts: <c>subscriptions=1 to 5</c>.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>Its customers, where each is there to show one thing.</summary>
    public IReadOnlyList<SandboxCase> Cases { get; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
