using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

/// <param name="limit">Requests a minute that the service permits each family.</param>
internal sealed class ThrottledBenchmark(int limit) : Benchmark
{
    // So many minutes' worth of calls: the first is sent at once, then the limit holds.
    private const double Windows = 4;

    // A third of a minute beyond what is sent at once.
    private const double QuickWindows = 4.0 / 3;
    private const int Latency = 20;

    public override string Name => "throttled";

    public override string Description =>
        "Discovery where the service permits 500, and 3,000, requests a minute: how much of it is used, how much is asked in vain.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var customers = (int)(limit * (isQuick ? QuickWindows : Windows));
        using var server = await SandboxServerProcess.StartAsync(
            $"scale:customers={customers},subscriptions=1,users=0", "--latency", $"{Latency}", "--rate-limit", $"{limit}");
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(server.Address, meter);
        var rows = 0;
        await progress.DuringAsync($"{limit:N0} requests a minute permitted", () => partner.DiscoverAsync(found => rows += found.Count), () => $"{rows:N0} of {customers:N0} customers");
        if (rows != customers)
        {
            throw new InvalidOperationException($"{rows} rows were found.");
        }

        // In any minute so many: those at once, and as many again with every minute that passes.
        var permitted = limit * (1 + meter.Span.TotalMinutes);
        var name = string.Create(CultureInfo.InvariantCulture, $"{limit:N0} a minute");
        return
        [
            new($"{name}: time", meter.Span.TotalSeconds, "s"),
            new($"{name}: calls", meter.Calls),
            new($"{name}: share of the permitted rate used", rows / permitted) { AtLeast = 0.95 },
            new($"{name}: share answered 429", (double)meter.Throttled / meter.Calls) { AtMost = 0.02 },
        ];
    }
}
