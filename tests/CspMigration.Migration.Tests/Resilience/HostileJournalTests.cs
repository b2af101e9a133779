using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>
/// Whatever stands in the journal, the same command again ends with a result or a clear error, and nothing forbidden happens:
/// the service is the truth, the journal only a witness.
/// </summary>
public sealed class HostileJournalTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private static int Seeds => FullRun.IsAskedFor ? 2000 : 150;

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task The_same_line_over_a_mutated_journal_ends_with_a_result_or_a_clear_error(string scenario)
    {
        var finished = 0;
        var errors = new List<CspMigrationException>();
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            using var time = VirtualTime.Automatic();
            using var folder = new TemporaryFolder();
            using var guard = new CancellationTokenSource(LongestRun);
            var journal = folder.File("journal.jsonl");
            var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = time });
            await InterruptAsync(tenant, time, journal, new Random(seed).Next(12, 60));
            await Spoil(journal, seed);

            var ofRun = await FinishAsync(tenant, time, journal, guard.Token);

            Assert.False(guard.IsCancellationRequested, $"Seed {seed} hangs.");
            var state = tenant.GetState();
            Assert.True(state.Violations.Count == 0, $"Seed {seed}: {string.Join("; ", state.Violations)}");
            Assert.True(state.Customers[0].Orders.Count(order => order.Origin == "api") <= 1, $"Seed {seed} bought twice.");
            finished += ofRun.Count == 0 ? 1 : 0;
            errors.AddRange(ofRun);
        }

        report.Write($"hostile journals, {scenario}: {Seeds} seeds, {finished} finished, {errors.Count} clear errors, 0 violations");
        Assert.All(errors, error => Assert.NotEqual("", error.RecommendedAction));
        Assert.True(finished > 0 && errors.Count > 0, $"{finished} finished, {errors.Count} refused.");
    }

    // A journal that cannot be read is told when connecting.
    private static async Task<List<CspMigrationException>> FinishAsync(SandboxTenant tenant, TimeProvider time, string journal, CancellationToken stopping)
    {
        var errors = new List<CspMigrationException>();
        try
        {
            using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journal, stopping);
            _ = await run.MigrateAsync();
            errors.AddRange(run.Errors);
        }
        catch (CspMigrationException e)
        {
            errors.Add(e);
        }

        return errors;
    }

    private static async Task InterruptAsync(SandboxTenant tenant, TimeProvider time, string journal, int atRequest)
    {
        using var death = new CancellationTokenSource();
        using var run = await SandboxRun.ConnectAsync(tenant, inner => new CrashingHandler(inner, atRequest, afterTheService: true, death), time, journal, death.Token);
        try
        {
            _ = await run.MigrateAsync();
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
            // This is what was wanted.
        }
    }

    // Lines are lost, doubled, in another order, or have something else in them.
    private static async Task Spoil(string journal, int seed)
    {
        var random = new Random(seed);
        var spoiler = new JsonSpoiler(seed);
        var lines = File.Exists(journal) ? (await File.ReadAllLinesAsync(journal)).ToList() : [];
        for (var i = random.Next(1, 4); i > 0 && lines.Count > 0; i--)
        {
            var (at, other) = (random.Next(lines.Count), random.Next(lines.Count));
            switch (random.Next(5))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(other, lines[at]);
                    break;
                case 2:
                    (lines[at], lines[other]) = (lines[other], lines[at]);
                    break;
                default:
                    lines[at] = spoiler.Spoil(lines[at]) ?? "";
                    break;
            }
        }

        await File.WriteAllTextAsync(journal, string.Concat(lines.Select(line => line + "\n")));
    }
}
