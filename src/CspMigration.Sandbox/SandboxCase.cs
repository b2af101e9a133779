namespace CspMigration.Sandbox;

/// <summary>A customer of a scenario that demonstrates one case.</summary>
public sealed class SandboxCase
{
    internal SandboxCase(string customer, string service)
    {
        Customer = customer;
        Service = service;
    }

    /// <summary>The customer's name, which describes the case.</summary>
    public string Customer { get; }

    /// <summary>How the service behaves.</summary>
    public string Service { get; }

    /// <summary>Name and behavior.</summary>
    public override string ToString() => $"{Customer}: {Service}";
}
