using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Every customer of the scenario new-commerce with -Method Auto: as its line in tests/NewCommerceCases.csv says.</summary>
public sealed class NewCommerceCaseTests
{
    private static readonly MigrationRunOptions Auto = new() { Purchases = new PurchaseOptions { Method = MigrationMethod.Auto } };

    private static IReadOnlyList<string[]> Lines => [.. File.ReadLines(Repository.PathOf("tests", "NewCommerceCases.csv")).Skip(1).Select(line => line.Split(','))];

    [Fact]
    public void Every_customer_of_the_scenario_has_a_line()
    {
        var cases = SandboxTenant.Scenarios.Single(scenario => scenario.Name == "new-commerce").Cases;

        Assert.Equal(cases.Select(known => known.Customer), Lines.Select(line => line[0]));
    }

    [Fact]
    public async Task Each_is_migrated_by_the_method_and_to_the_end_that_the_table_says_and_the_same_again_writes_nothing()
    {
        using var run = await SandboxRun.StartAsync("new-commerce", time: new SettableTime("2026-06-10T12:00:00Z"));
        var readiness = new Dictionary<string, MigrationReadiness>();
        foreach (var line in Lines)
        {
            var rows = await run.FindAsync(line[0]);
            readiness[line[0]] = (await run.Client.Readiness.CheckAsync(rows, new PurchaseOptions { Method = MigrationMethod.Auto }, default, default))[0];
        }

        var done = await run.RunAsync(await run.FindAsync(), Auto);

        Assert.Empty(done.Failures.Select(failure => failure.Error.Message));
        foreach (var line in Lines)
        {
            var first = done.Migrations.First(migration => migration.CustomerName == line[0]);
            var source = run.Subscription(first.SourceSubscriptionId!);
            Assert.Equal(line, (string[])[line[0], Verdict(ReadinessRule.MethodTransition), Verdict(ReadinessRule.MethodRenewal), $"{first.Target!.Method}", $"{first.Target.Outcome}", $"{first.Target.OverlapDays}", $"{first.Suspension!.Outcome}", $"{first.State}", source.EndOfTerm]);

            string Verdict(string rule) => readiness[line[0]].Checks.Single(check => check.Rule == rule).Message.StartsWith("Possible", StringComparison.Ordinal) ? "Possible" : "Not possible";
        }

        Assert.Empty(run.Tenant.GetState().Violations);
        Assert.Equal(Enumerable.Repeat((MigrationState.Completed, (string?)null), done.Migrations.Count), (await run.RefreshAsync()).Select(migration => (migration.State, migration.ErrorId)));
        var writes = run.Writes();
        _ = await run.RunAsync(await run.FindAsync(), Auto);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Past_the_term_nothing_that_was_ended_is_billed_and_what_was_changed_goes_on()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("new-commerce", time: time);
        var done = await run.RunAsync(await run.FindAsync(), Auto);

        time.Advance(TimeSpan.FromDays(40));

        Assert.All(done.Migrations, migration => Assert.Equal(
            migration.Suspension!.Outcome switch { SuspensionOutcome.EndsWithTerm => "disabled", _ => "active" }, run.Subscription(migration.SourceSubscriptionId!).Status));
        Assert.Empty(run.Tenant.GetState().Violations);
    }
}
