using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>The same with real processes, a real socket and a real file.</summary>
public sealed class RealProcessTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private const int Latency = 40;

    // How many requests the whole migration takes, roughly: the kills are spread over them.
    private const int Requests = 50;

    private static int Kills => FullRun.IsAskedFor ? 24 : 3;

    [Fact]
    public async Task A_process_killed_in_the_middle_is_finished_by_the_next_one()
    {
        using var undisturbed = await SandboxRun.StartAsync("contoso");
        await undisturbed.MigrateAsync();
        var expected = EndState.Of(undisturbed.Tenant.GetState());
        var killed = 0;
        foreach (var kill in Enumerable.Range(1, Kills))
        {
            using var folder = new TemporaryFolder();
            using var server = await SandboxServerProcess.StartAsync("contoso", "--provisioning-delay", "0", "--latency", $"{Latency}");
            var journal = folder.File("journal.jsonl");
            killed += await KillAtAsync(server, journal, atRequest: kill * Requests / (Kills + 1)) ? 1 : 0;
            if (kill % 3 == 0)
            {
                File.Delete(journal);
            }

            using var next = DotnetProcess.Start("MigrationProcess", server.Address.AbsoluteUri, journal);
            var (exitCode, output) = await next.EndAsync();

            var state = await server.StateAsync();
            Assert.True(exitCode == 0, output);
            Assert.Empty(state.Violations);
            Assert.Equal(expected, EndState.Of(state));
        }

        report.Write($"real processes: {killed} of {Kills} killed in the middle, 0 violations");
        Assert.Equal(Kills, killed);
    }

    [Fact]
    public async Task A_second_process_on_the_same_journal_is_told_who_has_it_and_buys_nothing()
    {
        using var folder = new TemporaryFolder();
        // The first waits for its seats while the second starts, which may take long on a machine with much to do.
        using var server = await SandboxServerProcess.StartAsync("contoso", "--provisioning-delay", "3000");
        var journal = folder.File("journal.jsonl");
        using var first = DotnetProcess.Start("MigrationProcess", server.Address.AbsoluteUri, journal);
        while (!File.Exists(journal) || new FileInfo(journal).Length == 0)
        {
            await Task.Yield();
        }

        using var second = DotnetProcess.Start("MigrationProcess", server.Address.AbsoluteUri, journal);
        var refused = await second.EndAsync();
        var finished = await first.EndAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("JournalLocked", refused.Output, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id}", refused.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), finished);
        var state = await server.StateAsync();
        Assert.Empty(state.Violations);
        Assert.Single(state.Customers[0].Orders, order => order.Origin == "api");
    }

    private static async Task<bool> KillAtAsync(SandboxServerProcess server, string journal, int atRequest)
    {
        using var process = DotnetProcess.Start("MigrationProcess", server.Address.AbsoluteUri, journal);
        var end = process.EndAsync();
        while (await server.RequestsAsync() < atRequest && !end.IsCompleted)
        {
            await Task.Yield();
        }

        if (end.IsCompleted)
        {
            return false;
        }

        await process.KillAsync();
        return true;
    }
}
