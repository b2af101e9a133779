using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Content;

/// <summary>When terms end: by day while there are few, else by week, else by month.</summary>
internal static class ExpiryTimeline
{
    private const int MostRows = 16;

    public static IReadOnlyList<ExpiryPeriod> Of(IEnumerable<SubscriptionMigration> migrations)
    {
        var dated = migrations.Where(migration => migration.Source?.CommitmentEndDate is not null).ToList();
        return new[] { (Func<DateTime, (DateTime From, DateTime To)>)Day, Week, Month }
            .Select(period => Group(dated, period))
            .Aggregate((rows, coarser) => rows.Count <= MostRows ? rows : coarser);
    }

    private static List<ExpiryPeriod> Group(List<SubscriptionMigration> migrations, Func<DateTime, (DateTime From, DateTime To)> period)
    {
        return [.. migrations
            .GroupBy(migration => period(migration.Source!.CommitmentEndDate!.Value.UtcDateTime.Date))
            .OrderBy(group => group.Key.From)
            .Select(group => Describe(group.Key.From, group.Key.To, [.. group]))];
    }

    private static ExpiryPeriod Describe(DateTime from, DateTime to, IReadOnlyCollection<SubscriptionMigration> migrations)
    {
        var atRisk = migrations.Where(migration => migration.State != MigrationState.Completed).ToList();
        return new ExpiryPeriod(from, to, migrations.Count - atRisk.Count, atRisk.Count, atRisk.Sum(migration => migration.Source!.Quantity));
    }

    private static (DateTime From, DateTime To) Day(DateTime date) => (date, date);

    // Monday to Sunday.
    private static (DateTime From, DateTime To) Week(DateTime date)
    {
        var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        return (monday, monday.AddDays(6));
    }

    private static (DateTime From, DateTime To) Month(DateTime date)
    {
        var first = new DateTime(date.Year, date.Month, 1);
        return (first, first.AddMonths(1).AddDays(-1));
    }
}
