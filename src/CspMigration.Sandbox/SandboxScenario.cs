namespace CspMigration.Sandbox;

/// <summary>A scenario by its name, for help and completion.</summary>
public sealed class SandboxScenario
{
    internal SandboxScenario(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>What is in it, in a line.</summary>
    public string Description { get; }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
