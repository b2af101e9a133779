using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Reporting;
using CspMigration.Core.Status;
using CspMigration.Core.Wording;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>Reports in every language about everything that can go wrong: as the run had it, and as its journal and one of 0.1.0 have it.</summary>
public sealed class EdgeCaseReports : IAsyncLifetime
{
    private readonly Dictionary<string, IReadOnlyList<SubscriptionMigration>> _migrations = [];

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using (var run = await SandboxRun.StartAsync("edge-cases", configure: options =>
        {
            SandboxRun.LoadEdgeCaseMap(options);
            options.JournalPath = journal;
        }))
        {
            _migrations["run"] = (await run.RunAsync(await run.FindAsync(query => query.IncludeTrial = true))).Migrations;
        }

        _migrations["journal"] = MigrationHistory.Read([journal], (_, error) => throw error);
        _migrations["0.1.0"] = MigrationHistory.Read(
            [Repository.PathOf("tests", "CspMigration.Migration.Tests", "Journal", "0.1.0", "ways.jsonl")], (_, error) => throw error);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The migrations of a source: <c>run</c>, <c>journal</c> or <c>0.1.0</c>.</summary>
    public IReadOnlyList<SubscriptionMigration> MigrationsOf(string source) => _migrations[source];

    /// <summary>The page about a source, as it is written.</summary>
    public string PageOf(string source, string culture) => Write(source, ReportFormat.Html, culture);

    public string Write(string source, ReportFormat format, string? culture)
    {
        using var stream = new MemoryStream();
        new MigrationReport(title: null, new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.Zero), _migrations[source])
            .Write(format, stream, culture is null ? null : ReportLanguage.Find(culture));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Every text a reader sees or hears, without the style, and without elements of some names.</summary>
    public static string VisibleTextOf(string page, params string[] without)
    {
        var text = Regex.Replace(page, "<style>.*?</style>", "", RegexOptions.Singleline);
        foreach (var element in without)
        {
            text = Regex.Replace(text, $@"<{element}\b[^>]*>.*?</{element}>", " ", RegexOptions.Singleline);
        }

        var labels = Regex.Matches(text, "data-label=\"([^\"]*)\"");
        return WebUtility.HtmlDecode($"{Regex.Replace(text, "<[^>]*>", "\n")}\n{string.Join('\n', labels)}");
    }
}
