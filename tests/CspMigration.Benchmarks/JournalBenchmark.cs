using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class JournalBenchmark : Benchmark
{
    public override string Name => "journal";

    public override string Description =>
        "A journal of a large run: reading where 1,000 migrations with 200 users each stand, from 405,000 lines; and looking up, for each subscription that is ended, the sources of its target, among 15,000 and 60,000.";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            JournalWriter.Write(path, sources: 1000, usersEach: 200);
            var history = await progress.DuringAsync("history", () => ProbeAsync("history", path));
            JournalWriter.Write(path, sources: 15_000, usersEach: 0);
            var some = await progress.DuringAsync("15,000 endings", () => ProbeAsync("endings", path));
            Measure[] quick =
            [
                new("history: time", history[0], "s"),
                new("history: live", history[1], "MB"),
                new("history: process", history[2], "MB"),
                new("15,000 endings", some[0], "s"),
            ];
            if (isQuick)
            {
                return quick;
            }

            JournalWriter.Write(path, sources: 60_000, usersEach: 0);
            var many = await progress.DuringAsync("60,000 endings", () => ProbeAsync("endings", path));
            return
            [
                .. quick,
                new("60,000 endings", many[0], "s"),

                // Four times as many: linear is 4, quadratic 16.
                new("60,000 endings to 15,000", many[0] / some[0]) { AtMost = 8 },
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<List<double>> ProbeAsync(string work, string path)
    {
        using var probe = DotnetProcess.StartFile(typeof(JournalBenchmark).Assembly.Location, "probe-journal", work, path);
        var (exitCode, output) = await probe.EndAsync();
        return exitCode == 0
            ? [.. output.Trim().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The probe of {work} failed: {output}");
    }
}
