using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using CspMigration.Pwsh;

namespace CspMigration.Benchmarks;

internal sealed class ImportBenchmark : Benchmark
{
    public override string Name => "import";

    public override string Description => "Import-Module above the start of an empty pwsh, each import paired with an empty start.";

    public override int Runs => 15;

    public override int QuickRuns => 5;

    public override string? Obstacle => File.Exists(Places.Module) ? null : $"the module has not been built: {Places.Module}";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var empty = await progress.DuringAsync("empty start", () => TimeAsync("1"));
        var import = await progress.DuringAsync("start with import", () => TimeAsync($"Import-Module '{Places.Module}'"));
        return
        [
            new("empty start", empty.TotalMilliseconds, "ms"),
            new("start with import", import.TotalMilliseconds, "ms"),
            new("import as a share of an empty start", (import - empty) / empty) { AtMost = 0.3 },
        ];
    }

    private static async Task<TimeSpan> TimeAsync(string command)
    {
        var start = PwshProcess.Prepare(["-NonInteractive", "-Command", command]);
        start.RedirectStandardOutput = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        _ = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}.");
    }
}
