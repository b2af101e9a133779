using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>Everything in the sandbox, as it is and not as the service shows it.</summary>
public sealed class SandboxState
{
    private readonly IReadOnlyList<string>? _violations;

    /// <summary>Creates a state.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="violations">What an observer has found; null where nobody looked on.</param>
    public SandboxState(IReadOnlyList<SandboxCustomer> customers, IReadOnlyList<string>? violations)
    {
        Customers = customers;
        _violations = violations;
    }

    /// <summary>All customers.</summary>
    public IReadOnlyList<SandboxCustomer> Customers { get; }

    /// <summary>What an observer of the sandbox has found, in the order of events.</summary>
    /// <exception cref="InvalidOperationException">Nobody looked on, so nothing is known.</exception>
    public IReadOnlyList<string> Violations => _violations ?? throw new InvalidOperationException("Nobody observes this sandbox, so its violations are unknown.");

    internal bool IsObserved => _violations != null;
}
