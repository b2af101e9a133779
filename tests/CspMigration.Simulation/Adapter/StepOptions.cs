using CspMigration.Contracts;

namespace CspMigration.Simulation.Adapter;

/// <summary>The parameters of a command, as its user gives them; null or false is not given.</summary>
internal sealed record StepOptions
{
    /// <summary>Whether nothing is to be sent.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Whether no one is asked: a program has decided itself.</summary>
    public bool IsUnattended { get; init; }

    public string? Target { get; init; }

    public int? Quantity { get; init; }

    public bool RightSize { get; init; }

    public string? BillingCycle { get; init; }

    public string? Term { get; init; }

    public string? AddOn { get; init; }

    public string? Reseller { get; init; }

    public string? Name { get; init; }

    public CommerceChoice Commerce { get; init; }

    public string? UsageLocation { get; init; }

    public string? User { get; init; }

    public SuspensionReason Reason { get; init; }

    public bool AtTermEnd { get; init; }

    public bool Immediate { get; init; }

    public bool Cancel { get; init; }

    public MigrationStage? StopAfter { get; init; }

    public bool? AutoRenew { get; init; }

    public bool IncludeAutoRenew { get; init; }

    public bool IncludeTrial { get; init; }

    public bool IncludeOtherChannel { get; init; }
}
