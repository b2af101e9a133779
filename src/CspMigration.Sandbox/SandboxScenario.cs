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

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>A description of one line.</summary>
    public string Description { get; }

    /// <summary>The options of this scenario only, with their values: <c>subscriptions=1 to 5</c>.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>Its customers, if each of them demonstrates a case.</summary>
    public IReadOnlyList<SandboxCase> Cases { get; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
