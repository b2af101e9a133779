using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Reporting;
using CspMigration.Core.Run;
using CspMigration.Core.Wording;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>Reports of real runs against the sandbox, made once for the tests of a class.</summary>
public sealed class SampleReports : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, IReadOnlyList<SubscriptionMigration>> _migrations = [];

    /// <summary>The page about a sample: <c>plan</c>, <c>season</c> (in the middle), <c>trouble</c> (everything that can go wrong), <c>folded</c> (many subscriptions), <c>nothing</c>.</summary>
    public string PageOf(string sample, string culture = "en-US")
    {
        var path = _folder.File($"{sample}-{culture}.html");
        new MigrationReport(title: null, DateTimeOffset.UtcNow, _migrations[sample]).Save(ReportFormat.Html, path, ReportLanguage.Find(culture));
        return path;
    }

    public IReadOnlyList<SubscriptionMigration> MigrationsOf(string sample) => _migrations[sample];

    public async Task InitializeAsync()
    {
        _migrations["nothing"] = [];
        using (var contoso = await SandboxRun.StartAsync("contoso"))
        {
            _migrations["plan"] = (await contoso.RunAsync(await contoso.FindAsync(), planOnly: true)).Migrations;
        }

        using (var season = await SandboxRun.StartAsync("scale:customers=12,subscriptions=3,users=15"))
        {
            var rows = await season.FindAsync();
            var customers = rows.GroupBy(row => row.CustomerId).ToList();
            var finished = await season.RunAsync([.. customers.Take(7).SelectMany(customer => customer)]);
            var begun = await season.RunAsync([.. customers.Skip(7).Take(2).SelectMany(customer => customer)], new MigrationRunOptions { StopAfter = MigrationStage.Purchase });
            _migrations["season"] = [.. finished.Migrations, .. begun.Migrations, .. customers.Skip(9).SelectMany(customer => customer).Select(MigrationReport.NotBegun)];
        }

        using (var folded = await SandboxRun.StartAsync("scale:customers=12,subscriptions=3,users=1"))
        {
            var rows = await folded.FindAsync();
            _migrations["folded"] = [.. rows.Concat(rows).Select(MigrationReport.NotBegun)];
        }

        using var trouble = await SandboxRun.StartAsync("edge-cases", configure: SandboxRun.LoadEdgeCaseMap);
        _migrations["trouble"] = (await trouble.RunAsync(await trouble.FindAsync(query => query.IncludeTrial = true))).Migrations;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
