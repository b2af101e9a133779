using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using CspMigration.Pwsh;

namespace CspMigration.Benchmarks;

internal sealed class PipeBenchmark : Benchmark
{
    private const int Customers = 400;
    private const int AtOnce = 256;

    public override string Name => "pipe";

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"Invoke-SubscriptionMigration over {Customers} customers, {AtOnce} at once, into the in-process sandbox: alone, and piped into a command that works for each.");

    public override string? Obstacle => File.Exists(Places.Module) ? null : $"the module has not been built: {Places.Module}";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var alone = await progress.DuringAsync("alone", () => TimeAsync(""));
        var piped = await progress.DuringAsync("piped", () => TimeAsync("| Set-Subscription -FriendlyName 'Read downstream'"));
        return
        [
            new("alone", alone, "s"),
            new("piped", piped, "s"),
            new("piped, as a multiple of alone", piped / alone) { AtMost = 1.5 },
        ];
    }

    private static async Task<double> TimeAsync(string downstream)
    {
        var start = PwshProcess.Prepare(
        [
            "-NonInteractive",
            "-Command",
            $$"""
            Import-Module '{{Places.Module}}'
            $null = Connect-CspPartner -Sandbox -Scenario 'scale:customers={{Customers}},subscriptions=1,users=5'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $made = @(Invoke-SubscriptionMigration -ThrottleLimit {{AtOnce}} -Confirm:$false {{downstream}})
            $clock.Stop()
            if ($made.Count -ne {{Customers}}) { throw "$($made.Count) came out." }
            $clock.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
            """,
        ]);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && double.TryParse(output.Trim(), CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}: {output}");
    }
}
