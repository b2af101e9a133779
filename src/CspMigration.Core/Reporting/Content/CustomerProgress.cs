using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Content;

/// <summary>One customer in the report.</summary>
internal sealed class CustomerProgress
{
    public CustomerProgress(IReadOnlyCollection<SubscriptionMigration> migrations)
    {
        Name = migrations.Select(migration => migration.CustomerName).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? migrations.First().CustomerId;
        Progress = new Progress(migrations);
        Seats = new Seats(migrations);
        UsersMoved = migrations.Sum(migration => (migration.LicenseMove?.Moved ?? 0) + (migration.LicenseMove?.AlreadyMoved ?? 0));
        UsersLeft = migrations.Any(migration => migration.LicenseMove?.Remaining is null && migration.State != MigrationState.Completed)
            ? null
            : migrations.Sum(migration => migration.LicenseMove?.Remaining ?? 0);
        NextAtRisk = migrations
            .Where(migration => migration.State != MigrationState.Completed)
            .Select(migration => migration.Source?.CommitmentEndDate)
            .Min();
        SeatDays = ReportContent.SeatDaysOf(migrations);
        Migrations = [.. migrations
            .OrderBy(migration => migration.State == MigrationState.Completed)
            .ThenBy(migration => migration.Source?.CommitmentEndDate ?? DateTimeOffset.MaxValue)];
    }

    /// <summary>Its migrations: those that have to be finished first, by the end of their term.</summary>
    public IReadOnlyList<SubscriptionMigration> Migrations { get; }

    /// <summary>Its place in the report, counted from 1.</summary>
    public int Number { get; set; }

    public string Name { get; }

    public Progress Progress { get; }

    public Seats Seats { get; }

    /// <summary>Users on the targets.</summary>
    public int UsersMoved { get; }

    /// <summary>Users who still depend on an source; null where not all were counted.</summary>
    public int? UsersLeft { get; }

    /// <summary>Seat-days for which source and target are both billed, as far as they are known; null where none are.</summary>
    public long? SeatDays { get; }

    /// <summary>When the first term ends whose migration is not finished; null where there is none.</summary>
    public DateTimeOffset? NextAtRisk { get; }
}
