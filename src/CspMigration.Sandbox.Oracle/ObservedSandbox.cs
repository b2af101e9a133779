namespace CspMigration.Sandbox.Oracle;

/// <summary>Sandboxes whose state says what a migration did wrong.</summary>
public static class ObservedSandbox
{
    /// <summary>Creates a tenant whose <see cref="SandboxState.Violations"/> are kept, anew after every reset.</summary>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="System.ArgumentException">There is no such scenario or option.</exception>
    public static SandboxTenant Create(SandboxOptions options) => SandboxTenant.Create(options, () => new MigrationOracle());
}
