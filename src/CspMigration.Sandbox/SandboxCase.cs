namespace CspMigration.Sandbox;

/// <summary>A customer of a scenario that is there to show one thing.</summary>
public sealed class SandboxCase
{
    internal SandboxCase(string customer, string service)
    {
        Customer = customer;
        Service = service;
    }

    /// <summary>The customer's name, which says what is special about it.</summary>
    public string Customer { get; }

    /// <summary>What the service does about it.</summary>
    public string Service { get; }

    /// <summary>Both.</summary>
    public override string ToString() => $"{Customer}: {Service}";
}
