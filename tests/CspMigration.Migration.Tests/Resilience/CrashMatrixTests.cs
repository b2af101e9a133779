using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Users;
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
/// <remarks>
/// With the journal lost besides, three things only it knew are left out: of a license that is gone, which service plans were off; of a source
/// that was changed in place, that it is the target of a migration, so that whether it renews is its own affair (docs/rules.md, rule 27); and of
/// a schedule that is rolled back, what stood there before, so that there is nothing to run again (rule 28).
/// </remarks>
public sealed class CrashMatrixTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private const string Legacy = "contoso";
    private const string NewCommerce = "contoso:legacyCommerce=closed";

    private const string Whole = "Transition of all seats";

    // Whose group is switched, and two of whose users are moved directly too.
    private const string Grouped = "Held by a group and directly";

    // A transition has no way back, and which groups were switched only the journal knows.
    public static TheoryData<string, bool, MigrationMethod, string?, LicenseApi> Lines => new()
    {
        { Legacy, false, MigrationMethod.Purchase, null, LicenseApi.PartnerCenter },
        { Legacy, true, MigrationMethod.Purchase, null, LicenseApi.PartnerCenter },
        { NewCommerce, false, MigrationMethod.Purchase, null, LicenseApi.PartnerCenter },
        { NewCommerce, true, MigrationMethod.Purchase, null, LicenseApi.PartnerCenter },
        { Legacy, false, MigrationMethod.Purchase, null, LicenseApi.Graph },
        { Legacy, true, MigrationMethod.Purchase, null, LicenseApi.Graph },
        { "new-commerce", false, MigrationMethod.Purchase, Whole, LicenseApi.PartnerCenter },
        { "new-commerce", true, MigrationMethod.Purchase, Whole, LicenseApi.PartnerCenter },
        { "new-commerce", false, MigrationMethod.Transition, Whole, LicenseApi.PartnerCenter },
        { "new-commerce", false, MigrationMethod.Renewal, Whole, LicenseApi.PartnerCenter },
        { "new-commerce", true, MigrationMethod.Renewal, Whole, LicenseApi.PartnerCenter },
        { "new-commerce", false, MigrationMethod.Auto, "Pool of two", LicenseApi.PartnerCenter },
        { "edge-cases", false, MigrationMethod.Purchase, Grouped, LicenseApi.Graph },
        { "edge-cases", true, MigrationMethod.Purchase, Grouped, LicenseApi.Graph },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task After_a_crash_at_any_request_the_same_line_again_finishes_the_job(
        string scenario, bool isUndo, MigrationMethod method, string? customer, LicenseApi licenses)
    {
        var undisturbed = await RunAsync(new Line(scenario, isUndo, method, customer, licenses), crashAt: int.MaxValue, afterTheService: false, JournalFate.Kept);
        var failures = new List<string>();
        var points = 0;
        foreach (var (at, after, fate) in Points(undisturbed.Requests).Where(point => point.Fate != JournalFate.Lost || !isUndo || !(method == MigrationMethod.Renewal || customer == Grouped)))
        {
            points++;
            var crashed = await RunAsync(new Line(scenario, isUndo, method, customer, licenses), at, after, fate);
            if (!IsSame(crashed.State, undisturbed.State, plansMayDiffer: isUndo && fate == JournalFate.Lost, renewalMayDiffer: method == MigrationMethod.Transition && fate == JournalFate.Lost) || crashed.Violations.Count > 0 || crashed.Errors.Count > 0)
            {
                failures.Add($"request {at} {(after ? "after" : "before")}, journal {fate}: {string.Join("; ", crashed.Violations.Concat(crashed.Errors))}{Environment.NewLine}{crashed.State}");
            }
        }

        var ways = $"{(method == MigrationMethod.Purchase ? "" : $", {method}")}{(isUndo ? ", undo" : "")}, {licenses}";
        report.Write($"crash matrix, {scenario}{ways}: {points} crash points over {undisturbed.Requests} requests, {failures.Count} violations");
        Assert.True(failures.Count == 0, $"{failures.Count} of {points}; expected was{Environment.NewLine}{undisturbed.State}{Environment.NewLine}{string.Join(Environment.NewLine, failures.Take(3))}");
    }

    private static bool IsSame(string state, string expected, bool plansMayDiffer, bool renewalMayDiffer)
    {
        return Comparable(state) == Comparable(expected);

        string Comparable(string text)
        {
            text = plansMayDiffer ? Regex.Replace(text, @"without \[[^\]]*\]", "") : text;
            return renewalMayDiffer ? Regex.Replace(text, " (renews|ends) ", " ") : text;
        }
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

    private static async Task<Outcome> RunAsync(Line line, int crashAt, bool afterTheService, JournalFate fate)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = line.Scenario, Time = time });
        var sources = tenant.GetState().Customers.Where(customer => line.Customer is null || customer.CompanyName == line.Customer).SelectMany(customer => customer.Subscriptions.Select(subscription => (customer.Id, subscription.Id))).ToList();
        if (line.IsUndo)
        {
            await LineAsync(tenant, time, journal, sources, line with { IsUndo = false }, through: null, CancellationToken.None);
        }

        using var death = new CancellationTokenSource();
        CrashingHandler? handler = null;
        try
        {
            _ = await LineAsync(tenant, time, journal, sources, line, inner => handler = new CrashingHandler(inner, crashAt, afterTheService, death), death.Token);
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
            Break(journal, fate);
        }

        var errors = crashAt == int.MaxValue ? [] : await LineAsync(tenant, time, journal, sources, line, through: null, CancellationToken.None);
        var state = tenant.GetState();
        var concerned = new SandboxState([.. state.Customers.Where(customer => line.Customer is null || customer.CompanyName == line.Customer)], state.Violations);
        return new Outcome(handler!.Requests, EndState.Of(concerned), state.Violations, errors);
    }

    private static async Task<IReadOnlyList<string>> LineAsync(
        SandboxTenant tenant,
        VirtualTime time,
        string journal,
        IReadOnlyList<(string CustomerId, string SubscriptionId)> sources,
        Line line,
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
                options.LicenseApi = line.Licenses;
            },
            stopping);
        if (line.IsUndo)
        {
            _ = await run.UndoAsync(sources);
        }
        else
        {
            var moving = new LicenseMoveOptions { GroupLicense = line.Customer == Grouped ? GroupLicenseChoice.Switch : GroupLicenseChoice.Report };
            _ = await run.MigrateAsync(new PurchaseOptions { Method = line.Method }, query => query.Customers = line.Customer is { } name ? [name] : null, moving);
        }

        stopping.ThrowIfCancellationRequested();
        var toldAsFailed = run.Client.Status.Read().Where(migration => migration.LicenseMove is { Failed: > 0 });
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

    private sealed record Line(string Scenario, bool IsUndo, MigrationMethod Method, string? Customer, LicenseApi Licenses);

    private sealed record Outcome(int Requests, string State, IReadOnlyList<string> Violations, IReadOnlyList<string> Errors);
}
