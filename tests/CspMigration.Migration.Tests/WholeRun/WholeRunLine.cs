using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>The one line of the whole run, through the classes behind Invoke-SubscriptionMigration.</summary>
internal static class WholeRunLine
{
    public static async Task<WholeRunResult> RunAsync(
        this SandboxRun run,
        IReadOnlyList<ExpiringSubscription> rows,
        MigrationRunOptions? options = null,
        bool planOnly = false,
        CancellationToken stopping = default)
    {
        var result = new WholeRunResult();
        var operation = run.Client;
        var plan = await operation.Runs.PlanAsync(rows, options ?? new MigrationRunOptions(), stopping);
        await operation.Runs.RunAsync(plan, isPlanned: false, planOnly ? UnattendedConfirmer.Planning : UnattendedConfirmer.Confirming, Results.Into(result.Migrations), Fail, stopping);
        return result;

        void Fail(ExpiringSubscription row, CspMigrationException error)
        {
            lock (result)
            {
                result.Failures.Add((row, error));
            }
        }
    }
}
