using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.EdgeCases;

/// <summary>The same command again over all customers of edge-cases: what readiness says in between is what the second run gives.</summary>
public sealed class SecondRunTests
{
    [Fact]
    public async Task What_readiness_says_between_two_runs_is_what_the_second_gives()
    {
        using var run = await SandboxRun.StartAsync("edge-cases", configure: SandboxRun.LoadEdgeCaseMap);
        _ = await RunAsync(run, await FindAsync(run));

        var rows = await FindAsync(run);
        var readiness = new List<MigrationReadiness>();
        foreach (var customer in rows.GroupBy(row => row.CustomerId))
        {
            readiness.AddRange(await run.Client.Readiness.CheckAsync([.. customer], new PurchaseOptions(), default, CancellationToken.None));
        }

        var errors = await RunAsync(run, rows);

        // What the map does not know is left out with a warning: no error.
        var surprises = readiness
            .Where(row => row.ErrorId != "NoTarget")
            .Where(row => !IsForeseen(row, errors.Where(error => error.CustomerId == row.CustomerId).Select(error => error.ErrorId)))
            .Select(row => $"{row.CustomerName}, {row.OfferName}: {row.Verdict} {row.ErrorId}");
        Assert.Empty(surprises);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    private static bool IsForeseen(MigrationReadiness readiness, IEnumerable<string> errorIds)
    {
        var errorId = errorIds.FirstOrDefault();
        return errorId == readiness.ErrorId
            || (readiness.Verdict != ReadinessVerdict.Blocked && readiness.Checks.Any(check => check.Result == ReadinessResult.Unknown && check.ErrorId == errorId));
    }

    private static Task<List<ExpiringSubscription>> FindAsync(SandboxRun run) =>
        run.FindAsync(query => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true));

    private static async Task<List<CspMigrationException>> RunAsync(SandboxRun run, List<ExpiringSubscription> rows)
    {
        run.Errors.Clear();
        _ = await run.FinishAsync(rows);
        return [.. run.Errors];
    }
}
