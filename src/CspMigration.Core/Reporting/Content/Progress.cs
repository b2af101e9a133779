using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Content;

/// <summary>How many of some migrations have come how far.</summary>
internal sealed class Progress
{
    public Progress(IReadOnlyCollection<SubscriptionMigration> migrations)
    {
        Total = migrations.Count;
        Completed = migrations.Count(migration => migration.State == MigrationState.Completed);
        Begun = migrations.Count(migration => migration.State is MigrationState.Purchased or MigrationState.LicensesMoved or MigrationState.Scheduled);
        Stopped = migrations.Count(migration => migration.State is MigrationState.Blocked or MigrationState.Failed);
        RolledBack = migrations.Count(migration => migration.State == MigrationState.RolledBack);
        Waiting = migrations.Count(migration => migration.State == MigrationState.Discovered);
    }

    public int Total { get; }

    public int Completed { get; }

    public int Begun { get; }

    /// <summary>Blocked by a check, or failed.</summary>
    public int Stopped { get; }

    public int RolledBack { get; }

    public int Waiting { get; }

    /// <summary>What expires, or renews into a retired SKU, unless someone goes on.</summary>
    public int AtRisk => Total - Completed;
}
