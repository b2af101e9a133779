using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class DiscoveryBenchmark : Benchmark
{
    private const int Customers = 2000;
    private const int Subscriptions = 3;
    private const int Latency = 50;
    private const int QuickCalls = 300;

    private static readonly string Scenario = $"scale:customers={Customers},subscriptions={Subscriptions},users=0";

    public override string Name => "discovery";

    public override string Description => $"{Customers:N0} customers with {Subscriptions} subscriptions at {Latency} ms, after as many to warm up: ours, call by call, and the ideal.";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        using var server = await SandboxServerProcess.StartAsync(Scenario, "--latency", $"{Latency}");
        var warmMeter = new Meter();
        using (var warm = await Partner.ConnectAsync(server.Address, warmMeter))
        {
            // The first calls of a fresh server and client cost as much again to compile.
            await progress.DuringAsync("to warm up", () => warm.DiscoverAsync(_ => { }), () => $"{warmMeter.Calls:N0} calls");
        }

        await server.ResetAsync(Scenario);
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(server.Address, meter);
        var connecting = meter.Calls;
        var rows = 0;
        TimeSpan? first = null;
        var clock = new Stopwatch();
        await progress.DuringAsync(
            "ours",
            async () =>
            {
                clock.Start();
                await partner.DiscoverAsync(found =>
                {
                    first ??= clock.Elapsed;
                    rows += found.Count;
                });
                clock.Stop();
            },
            () => $"{rows:N0} of {Customers * Subscriptions:N0} subscriptions");
        var ours = clock.Elapsed;
        if (rows != Customers * Subscriptions)
        {
            throw new InvalidOperationException($"{rows} rows were found.");
        }

        var calls = meter.Calls - connecting;
        using var script = new SequentialScript(server.Address) { CallsMeasured = isQuick ? QuickCalls : int.MaxValue };
        var baseline = await progress.DuringAsync("call by call", () => script.DiscoverAsync(Customers), () => script.HowFar);
        var ideal = TimeSpan.FromMilliseconds((double)calls * Latency / meter.Peak);
        return
        [
            new("ours", ours.TotalSeconds, "s"),
            new("ours: calls", calls),
            new("ours: calls under way at once", meter.Peak),
            new("call by call", baseline.TotalSeconds, "s"),
            new("ideal: our calls x latency / calls under way at once", ideal.TotalSeconds, "s"),
            new("times as fast as call by call", baseline / ours),
            new("share of the ideal", ideal / ours) { AtLeast = 0.85 },
            new("first object, round trips", first!.Value.TotalMilliseconds / Latency) { AtMost = 3 },
        ];
    }
}
