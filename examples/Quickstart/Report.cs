using System;
using System.IO;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Standing;
using CspMigration.Core.Reporting;

namespace Quickstart;

/// <summary>The page that Export-SubscriptionMigrationReport writes, here from the journal that the migration left.</summary>
internal static class Report
{
    /// <summary>Writes it to the folder for temporary files, where it stays.</summary>
    public static string Write(string journal)
    {
        var path = Path.Combine(Path.GetTempPath(), "CspMigration-quickstart.html");
        var migrations = MigrationHistory.Read([journal], (_, failure) => throw failure);
        new MigrationReport("Quickstart", DateTimeOffset.UtcNow, migrations).Save(ReportFormat.Html, path);
        return path;
    }
}
