using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>Everything in the sandbox as it is, including what the service does not list yet.</summary>
public sealed class SandboxState
{
    private readonly IReadOnlyList<string>? _violations;

    /// <summary>Creates a state.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="violations">The findings of the observer; null if the sandbox has no observer.</param>
    public SandboxState(IReadOnlyList<SandboxCustomer> customers, IReadOnlyList<string>? violations)
    {
        Customers = customers;
        _violations = violations;
    }

    /// <summary>All customers.</summary>
    public IReadOnlyList<SandboxCustomer> Customers { get; }

    /// <summary>The findings of the observer, in chronological order.</summary>
    /// <exception cref="InvalidOperationException">The sandbox has no observer, so its violations are unknown.</exception>
    public IReadOnlyList<string> Violations => _violations ?? throw new InvalidOperationException("This sandbox has no observer, so its violations are unknown.");

    internal bool IsObserved => _violations != null;
}
