using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>Who reads the results of a whole run slows it down, and takes none of its threads.</summary>
public sealed class SlowReaderTests
{
    private const int Customers = 12;
    private const int AtOnce = 3;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_reader_takes_nothing_no_more_customers_are_begun_than_are_worked_on_at_once(bool planOnly)
    {
        using var run = await SandboxRun.StartAsync($"scale:customers={Customers},subscriptions=1,users=2");
        var options = new MigrationRunOptions { CustomersAtOnce = AtOnce };
        var rows = await run.FindAsync();
        var operation = run.Client;
        var plan = await operation.Runs.PlanAsync(rows, options, CancellationToken.None);
        var reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        var allWait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var confirmer = planOnly ? UnattendedConfirmer.Planning : UnattendedConfirmer.Confirming;
        var working = operation.Runs.RunAsync(plan, isPlanned: false, confirmer, TakeAsync, (_, error) => throw error, CancellationToken.None);
        await allWait.Task;
        var suspended = Suspended(run);

        reader.SetResult();
        await working;
        Assert.Equal(planOnly ? 0 : AtOnce, suspended);
        Assert.Equal(planOnly ? 0 : Customers, Suspended(run));
        Assert.Equal(Customers, waiting);

        // A plan is handed out by one, in order; of a run every customer's worker waits for the reader.
        async Task TakeAsync(SubscriptionMigration migration)
        {
            if (Interlocked.Increment(ref waiting) == (planOnly ? 1 : AtOnce))
            {
                allWait.SetResult();
            }

            await reader.Task;
        }
    }

    private static int Suspended(SandboxRun run) =>
        run.Tenant.GetState().Customers.Sum(customer => customer.Subscriptions.Count(subscription => subscription.Status == "suspended"));
}
