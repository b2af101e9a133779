using System;
using System.IO;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>
/// The disk of the journal fails, at the start or at any entry: what cannot be written down is not sent, and the same line
/// finishes the job once the disk is mended.
/// </summary>
public sealed class UnwritableJournalTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private int _announced;

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task Nothing_is_sent_whose_intent_cannot_be_written_and_the_same_line_again_finishes_the_job(string scenario)
    {
        using var undisturbed = await SandboxRun.StartAsync(scenario);
        await undisturbed.MigrateAsync();
        var expected = EndState.Of(undisturbed.Tenant.GetState());
        var all = await FailAsync(scenario, int.MaxValue, expected);

        for (var at = 1; at <= all; at++)
        {
            _ = await FailAsync(scenario, at, expected);
        }

        report.Write($"full disk, {scenario}: at each of {all} entries, {_announced} writes announced, 0 violations");
        Assert.True(_announced > all * all / 4, $"Only {_announced} writes were seen.");
    }

    [Fact]
    public async Task Without_a_journal_nothing_at_all_is_changed()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("in the way"), "a file");
        RequestRecorder? requests = null;
        using var run = await SandboxRun.StartAsync(
            "contoso",
            inner => requests = new RequestRecorder(inner),
            options => options.JournalPath = Path.Combine(folder.File("in the way"), "journal.jsonl"));

        var suspended = await run.MigrateAsync();

        Assert.Empty(suspended);
        Assert.NotEmpty(run.Errors);
        Assert.All(run.Errors, error => Assert.Equal("JournalUnwritable", error.ErrorId));
        Assert.Empty(requests!.Writes);
    }

    private async Task<int> FailAsync(string scenario, int at, string expected)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = time });
        var entries = await LineAsync(tenant, time, journal, at);

        _ = await LineAsync(tenant, time, journal, int.MaxValue);

        var state = tenant.GetState();
        Assert.True(state.Violations.Count == 0, $"Entry {at}: {string.Join("; ", state.Violations)}");
        Assert.Equal(expected, EndState.Of(state));
        return entries;
    }

    private async Task<int> LineAsync(SandboxTenant tenant, TimeProvider time, string path, int failAt)
    {
        FailingJournal? journal = null;
        IntentWatch? watch = null;
        using var run = await SandboxRun.ConnectAsync(tenant, inner => watch = new IntentWatch(inner, path), options =>
        {
            options.Time = time;
            options.JournalPath = path;
            options.BeforeJournal = inner => journal = new FailingJournal(inner, failAt);
        });

        _ = await run.MigrateAsync();

        Assert.Empty(watch!.Unannounced);
        _announced += watch.Announced;
        if (failAt == int.MaxValue)
        {
            Assert.Empty(run.Errors);
        }
        else
        {
            Assert.NotEmpty(run.Errors);
            Assert.All(run.Errors, error => Assert.Equal("JournalUnwritable", error.ErrorId));
        }

        return journal!.Entries;
    }
}
