using System;

namespace CspMigration.Sandbox;

/// <summary>How a sandbox is set up.</summary>
public sealed class SandboxOptions
{
    /// <summary>A scenario with its options: <c>contoso:legacyCommerce=closed,orderListLag=PT15M</c>.</summary>
    public string Scenario { get; set; } = "contoso";

    /// <summary>What the ids depend on, besides the scenario.</summary>
    public int Seed { get; set; } = 42;

    /// <summary>How long every request takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How many requests of one API family are served in any minute; null for no limit.</summary>
    public int? RateLimit { get; set; }

    /// <summary>How long a purchase takes until its seats are there.</summary>
    public TimeSpan ProvisioningDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the time comes from.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
