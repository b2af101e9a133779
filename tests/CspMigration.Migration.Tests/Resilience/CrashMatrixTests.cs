using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
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
/// The process dies at every request of a migration and of its undo, before and after the service has acted; then the
/// same line is run again. What is left is what an undisturbed run leaves, and nothing forbidden happened on the way.
/// </summary>
public sealed class CrashMatrixTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private const string Legacy = "contoso";
    private const string NewCommerce = "contoso:legacyCommerce=closed";

    public static TheoryData<string, bool, LicenseApi> Lines => new()
    {
        { Legacy, false, LicenseApi.PartnerCenter },
        { Legacy, true, LicenseApi.PartnerCenter },
        { NewCommerce, false, LicenseApi.PartnerCenter },
        { NewCommerce, true, LicenseApi.PartnerCenter },
        { Legacy, false, LicenseApi.Graph },
        { Legacy, true, LicenseApi.Graph },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task After_a_crash_at_any_request_the_same_line_again_finishes_the_job(string scenario, bool isUndo, LicenseApi licenses)
    {
        var undisturbed = await RunAsync(scenario, isUndo, licenses, crashAt: int.MaxValue, afterTheService: false, JournalFate.Kept);
        var failures = new List<string>();
        var points = 0;
        foreach (var (at, after, fate) in Points(undisturbed.Requests))
        {
            points++;
            var crashed = await RunAsync(scenario, isUndo, licenses, at, after, fate);
            if (!IsSame(crashed.State, undisturbed.State, plansMayDiffer: isUndo && fate == JournalFate.Lost) || crashed.Violations.Count > 0 || crashed.Errors.Count > 0)
            {
                failures.Add($"request {at} {(after ? "after" : "before")}, journal {fate}: {string.Join("; ", crashed.Violations.Concat(crashed.Errors))}{Environment.NewLine}{crashed.State}");
            }
        }

        report.Write($"crash matrix, {scenario}{(isUndo ? ", undo" : "")}, {licenses}: {points} crash points over {undisturbed.Requests} requests, {failures.Count} violations");
        Assert.True(failures.Count == 0, $"{failures.Count} of {points}; expected was{Environment.NewLine}{undisturbed.State}{Environment.NewLine}{string.Join(Environment.NewLine, failures.Take(3))}");
    }

    // Which service plans were off in a licence that is gone only the journal knew.
    private static bool IsSame(string state, string expected, bool plansMayDiffer)
    {
        return plansMayDiffer ? WithoutPlans(state) == WithoutPlans(expected) : state == expected;

        static string WithoutPlans(string text) => Regex.Replace(text, @"without \[[^\]]*\]", "");
    }

    // In a gate every request, before and after, with the journal kept, and one of each other kind; all of them when asked for.
    private static IEnumerable<(int At, bool After, JournalFate Fate)> Points(int requests)
    {
        foreach (var fate in Enum.GetValues<JournalFate>())
        {
            foreach (var after in new[] { false, true })
            {
                var all = FullRun.IsAskedFor || fate == JournalFate.Kept;
                var chosen = all ? Enumerable.Range(1, requests) : [requests / 2];
                foreach (var at in chosen)
                {
                    yield return (at, after, fate);
                }
            }
        }
    }

    private static async Task<Outcome> RunAsync(string scenario, bool isUndo, LicenseApi licenses, int crashAt, bool afterTheService, JournalFate fate)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, Time = time });
        var sources = tenant.GetState().Customers.SelectMany(customer => customer.Subscriptions.Select(subscription => (customer.Id, subscription.Id))).ToList();
        if (isUndo)
        {
            await LineAsync(tenant, time, journal, licenses, sources, isUndo: false, through: null, CancellationToken.None);
        }

        using var death = new CancellationTokenSource();
        CrashingHandler? handler = null;
        try
        {
            _ = await LineAsync(tenant, time, journal, licenses, sources, isUndo, inner => handler = new CrashingHandler(inner, crashAt, afterTheService, death), death.Token);
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
            Break(journal, fate);
        }

        var errors = crashAt == int.MaxValue ? [] : await LineAsync(tenant, time, journal, licenses, sources, isUndo, through: null, CancellationToken.None);
        var state = tenant.GetState();
        return new Outcome(handler!.Requests, EndState.Of(state), state.Violations, errors);
    }

    private static async Task<IReadOnlyList<string>> LineAsync(
        SandboxTenant tenant,
        VirtualTime time,
        string journal,
        LicenseApi licenses,
        IReadOnlyList<(string CustomerId, string SubscriptionId)> sources,
        bool isUndo,
        Func<HttpMessageHandler, HttpMessageHandler>? through,
        CancellationToken stopping)
    {
        using var run = await SandboxRun.ConnectAsync(
            tenant,
            through,
            options =>
            {
                options.Time = time;
                options.JournalPath = journal;
                options.LicenseApi = licenses;
            },
            stopping);
        if (isUndo)
        {
            _ = await run.UndoAsync(sources);
        }
        else
        {
            _ = await run.MigrateAsync();
        }

        stopping.ThrowIfCancellationRequested();
        var toldAsFailed = run.Client.Standing.Read().Where(migration => migration.LicenseMove is { Failed: > 0 });
        return [.. run.Errors.Select(error => error.Message), .. toldAsFailed.Select(migration => $"{migration.LicenseMove!.Failed} users are told as not moved, who were.")];
    }

    private static void Break(string journal, JournalFate fate)
    {
        if (fate == JournalFate.Lost)
        {
            File.Delete(journal);
        }
        else if (fate == JournalFate.Torn && File.Exists(journal))
        {
            using var file = new FileStream(journal, FileMode.Open);
            file.SetLength(Math.Max(0, file.Length - 7));
        }
    }

    private sealed record Outcome(int Requests, string State, IReadOnlyList<string> Violations, IReadOnlyList<string> Errors);
}
