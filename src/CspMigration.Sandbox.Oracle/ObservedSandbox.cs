namespace CspMigration.Sandbox.Oracle;

/// <summary>Creates sandboxes whose state lists what a migration did wrong.</summary>
public static class ObservedSandbox
{
    /// <summary>Creates a tenant that records <see cref="SandboxState.Violations"/>; a reset clears them.</summary>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="System.ArgumentException">There is no such scenario or option.</exception>
    public static SandboxTenant Create(SandboxOptions options) => SandboxTenant.Create(options, () => new MigrationOracle());
}
