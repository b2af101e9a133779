using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests.Suspension;

/// <summary>A source that is not active: only a suspended one is already suspended, and no one may depend on it whatever it is.</summary>
public sealed class InactiveSourceTests
{
    [Theory]
    [InlineData("suspended", SuspensionOutcome.AlreadySuspended, "Migrated")]
    [InlineData("expired", SuspensionOutcome.AlreadyEnded, "Its term ended on ")]
    [InlineData("disabled", SuspensionOutcome.AlreadyEnded, "Its term ended on ")]
    [InlineData("deleted", SuspensionOutcome.AlreadyEnded, "It was deleted.")]
    public async Task Each_is_called_what_it_is(string status, SuspensionOutcome outcome, string reason)
    {
        var spoiler = WithStatus(status);
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()));
        spoiler.IsOn = true;
        var writes = run.Writes();

        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Equal((outcome, status, null), (ended.Outcome, ended.Status, ended.SuspendedOn));
        Assert.StartsWith(reason, ended.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, run.Writes());
        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
    }

    [Theory]
    [InlineData("pending", "ProvisioningPending")]
    [InlineData("warned", "UnexpectedAnswer")]
    public async Task What_is_neither_active_nor_over_is_refused(string status, string errorId)
    {
        var spoiler = WithStatus(status);
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()));
        spoiler.IsOn = true;
        var writes = run.Writes();

        Assert.Empty(await run.SuspendAsync(moves));

        var error = run.TakeError();
        Assert.Equal((errorId, moves[0].SourceSubscriptionId), (error.ErrorId, error.SubscriptionId));
        Assert.Contains(status, error.Problem, StringComparison.Ordinal);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Users_of_a_source_that_somebody_else_has_suspended_still_depend_on_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var bought = await run.BuyAsync(await run.FindAsync());
        var source = bought[0].SourceSubscriptionId!;
        await service.ChangeSubscriptionAsync(run.Customer(), source, ("status", "suspended"));

        Assert.Empty(await run.SuspendAsync(bought[0].CustomerId, source, new SuspensionOptions()));
        var error = run.TakeError();
        var known = Assert.Single(run.Client.Status.Read()).State;
        var moves = await run.MoveAsync(bought);
        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.StartsWith("20 users still depend on ", error.Problem, StringComparison.Ordinal);
        Assert.NotEqual(MigrationState.Completed, known);
        Assert.Equal((20, SuspensionOutcome.AlreadySuspended), (moves[0].Moved, ended.Outcome));
        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
    }

    [Fact]
    public async Task For_another_reason_nobody_is_counted_and_no_migration_is_finished()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var bought = await run.BuyAsync(await run.FindAsync());
        var source = bought[0].SourceSubscriptionId!;
        await service.ChangeSubscriptionAsync(run.Customer(), source, ("status", "suspended"));

        var ended = Assert.Single(await run.SuspendAsync(bought[0].CustomerId, source, new SuspensionOptions { Reason = SuspensionReason.NonPayment }));

        Assert.Equal(SuspensionOutcome.AlreadySuspended, ended.Outcome);
        Assert.Equal(MigrationState.Purchased, Assert.Single(run.Client.Status.Read()).State);
    }

    [Fact]
    public async Task A_suspension_whose_end_was_never_written_down_keeps_its_migration_finished_in_the_next_run()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()));
        await service.ChangeSubscriptionAsync(run.Customer(), moves[0].SourceSubscriptionId!, ("status", "suspended"));

        _ = await run.SuspendAsync(moves);
        var entries = run.Client.Status.Read().Count;
        _ = await run.SuspendAsync(moves);

        var migration = Assert.Single(run.Client.Status.Read());
        Assert.Equal((MigrationState.Completed, SuspensionOutcome.AlreadySuspended), (migration.State, migration.Suspension!.Outcome));
        Assert.Equal(1, entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_migration_whose_suspension_was_never_written_down_is_completed_by_the_next_run(bool byPlan)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync();
        var plan = JsonSerializer.Serialize(await run.BuyAsync(rows, planOnly: true));
        var moves = await run.MoveAsync(await run.BuyAsync(rows));
        await service.ChangeSubscriptionAsync(run.Customer(), moves[0].SourceSubscriptionId!, ("status", "suspended"));
        var writes = run.Writes();

        if (byPlan)
        {
            _ = await run.SuspendAsync(await run.MoveAsync(await run.BuyApprovedAsync(plan)));
        }
        else
        {
            var row = await run.Client.Discovery.ReadAsync(rows[0].CustomerId, rows[0].SubscriptionId!, default);
            Assert.Equal(MigrationState.Completed, Assert.Single((await run.RunAsync([row])).Migrations).State);
        }

        Assert.Empty(run.Errors);
        Assert.Equal(writes, run.Writes());
        Assert.Equal((MigrationState.Completed, null), Assert.Single(run.Client.Status.Read().Select(known => (known.State, known.ErrorId))));
    }

    [Fact]
    public async Task A_source_that_is_suspended_and_has_no_target_is_not_replaced()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync();
        await service.ChangeSubscriptionAsync(run.Customer(), rows[0].SubscriptionId!, ("status", "suspended"));

        Assert.Empty(await run.BuyAsync(rows));

        Assert.Equal("NotOurSubscription", run.TakeError().ErrorId);
    }

    // Only of the source: what is billed yearly or renews is told apart by its offer.
    private static AnswerSpoiler WithStatus(string status) => AnswerSpoiler.OfSubscriptions(subscription =>
    {
        if (string.Equals((string?)subscription["offerId"], Ids.AxEnterprise, StringComparison.OrdinalIgnoreCase))
        {
            subscription["status"] = status;
        }

        return subscription;
    });
}
