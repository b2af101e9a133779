using System.Collections.Generic;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 29: for how many days source and target are both billed, by how the source ends.</summary>
public sealed class Rule29OverlapTests
{
    // The term of contoso's source ends on 9 April: 30 days after 10 March.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 30)]
    public async Task A_legacy_source_is_billed_beside_its_target_only_where_it_is_left_to_its_end(bool atTermEnd, int days)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();
        var options = new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = atTermEnd } };

        var planned = Assert.Single((await run.RunAsync(rows, options, planOnly: true)).Migrations);
        var done = Assert.Single((await run.RunAsync(rows, options)).Migrations);

        Assert.Equal((days, days), (planned.Target!.OverlapDays, done.Target!.OverlapDays));
        Assert.Equal(days, Assert.Single(run.Client.Standing.Read()).Target!.OverlapDays);
        Assert.Equal(days, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    [Fact]
    public async Task One_left_to_its_end_that_somebody_made_renew_again_counts_as_ended_by_default()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();
        _ = await run.RunAsync(rows, new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = true } });
        _ = await run.SetAsync(rows[0], new SubscriptionSettings { AutoRenew = true });

        Assert.Equal(0, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    // This one's term ends on 10 July: 30 days after 10 June.
    [Fact]
    public async Task A_source_of_new_commerce_is_billed_through_its_term_and_the_journal_alone_says_so()
    {
        using var run = await SandboxRun.StartAsync("new-commerce", time: new SettableTime("2026-06-10T12:00:00Z"));

        var done = Assert.Single((await run.RunAsync(await run.FindAsync("Neither"))).Migrations);
        var known = Assert.Single(run.Client.Standing.Read());

        Assert.Equal((30, 30, CommerceKind.NewCommerce), (done.Target!.OverlapDays, known.Target!.OverlapDays, known.Source!.Commerce));
        Assert.Equal(30, Assert.Single(await RefreshAsync(run)).Target!.OverlapDays);
    }

    [Theory]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.EndsWithTerm, 30)]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.Suspended, 30)]
    [InlineData(CommerceKind.NewCommerce, SuspensionOutcome.Cancelled, 4)]
    [InlineData(CommerceKind.Legacy, SuspensionOutcome.LeftToTermEnd, 30)]
    [InlineData(CommerceKind.Legacy, SuspensionOutcome.Suspended, 0)]
    [InlineData(CommerceKind.OtherChannel, SuspensionOutcome.LeftToOtherChannel, null)]
    public void The_actual_ending_counts(CommerceKind commerce, SuspensionOutcome ending, int? days)
    {
        var source = new ExpiringSubscription { Commerce = commerce, CommitmentEndDate = SettableTime.Moment("2026-07-10T23:59:59Z") };

        Assert.Equal(days, Overlap.DaysOf(source, TargetOutcome.Purchased, SettableTime.Moment("2026-06-10T12:00:00Z"), ending, SettableTime.Moment("2026-06-14T08:00:00Z")));
    }

    private static async Task<List<SubscriptionMigration>> RefreshAsync(SandboxRun run)
    {
        var refreshed = new List<SubscriptionMigration>();
        var operation = run.Client;
        await operation.Standing.RefreshAsync(operation.Standing.Read(), [], Results.Into(refreshed), (_, error) => run.Errors.Add(error), default);
        Assert.Empty(run.Errors);
        return refreshed;
    }
}
