using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Simulation.Adapter;

/// <summary>What came out of one command: its objects, errors and warnings.</summary>
internal sealed class StepResult
{
    /// <summary>Sources, found or read by their ids; in the order in which they were given on.</summary>
    public List<ExpiringSubscription> Rows { get; } = [];

    public List<TargetSubscription> Targets { get; } = [];

    public List<LicenseMove> Moves { get; } = [];

    public List<SuspendedSubscription> Suspensions { get; } = [];

    public List<SubscriptionMigration> Migrations { get; } = [];

    /// <summary>Each error with the source it is about; null where it is about none.</summary>
    public List<(string? SubscriptionId, CspMigrationException Error)> Errors { get; } = [];

    /// <summary>Sources that were left out with a warning, because the map has nothing for them; and requests for which there was nothing to do.</summary>
    public List<string> LeftOut { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>How often someone was asked and said no.</summary>
    public int Declined { get; set; }

    /// <summary>Adds what a later step of the same line gave.</summary>
    public void Add(StepResult other)
    {
        Rows.AddRange(other.Rows);
        Targets.AddRange(other.Targets);
        Moves.AddRange(other.Moves);
        Suspensions.AddRange(other.Suspensions);
        Migrations.AddRange(other.Migrations);
        Errors.AddRange(other.Errors);
        LeftOut.AddRange(other.LeftOut);
        Warnings.AddRange(other.Warnings);
        Declined += other.Declined;
    }
}
