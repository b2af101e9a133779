using CspMigration.Contracts;

namespace CspMigration.Core.Suspension;

/// <summary>How an source is to end.</summary>
public sealed class SuspensionOptions
{
    /// <summary>Why. Only for <see cref="SuspensionReason.Migrated"/> no user may depend on it.</summary>
    public SuspensionReason Reason { get; set; }

    /// <summary>Leaves it to expire at the end of its term, because nothing is refunded.</summary>
    public bool AtTermEnd { get; set; }

    /// <summary>Suspends now: new commerce although its billing goes on, and legacy that an earlier run left to expire.</summary>
    public bool Immediate { get; set; }

    /// <summary>New commerce: deletes it, which the service allows within 7 days of purchase or renewal.</summary>
    public bool Cancel { get; set; }
}
