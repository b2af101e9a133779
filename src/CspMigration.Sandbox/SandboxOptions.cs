using System;

namespace CspMigration.Sandbox;

/// <summary>How a sandbox is set up.</summary>
public sealed class SandboxOptions
{
    /// <summary>A scenario with its options: <c>contoso:legacyCommerce=closed,orderListLag=PT15M</c>.</summary>
    public string Scenario { get; set; } = "contoso";

    /// <summary>The seed of all generated ids.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>The latency of every request.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The number of requests of each API family in any minute; null for no limit.</summary>
    public int? RateLimit { get; set; }

    /// <summary>The time from a purchase until its seats are provisioned.</summary>
    public TimeSpan ProvisioningDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The source of time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
