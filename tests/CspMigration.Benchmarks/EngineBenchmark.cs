using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class EngineBenchmark : Benchmark
{
    private const int Customers = 20_000;
    private const int QuickCustomers = 4_000;

    public override string Name => "engine";

    public override string Description =>
        "No latency: our exchanges a second, parsed and mapped, against a bare HttpClient loop that only reads the same bodies at the same concurrency. Each run after one of both to warm up.";

    public override int Runs => 5;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        using var server = await SandboxServerProcess.StartAsync($"scale:customers={(isQuick ? QuickCustomers : Customers)},subscriptions=3,users=0");
        var sent = new ConcurrentQueue<Uri>();
        var warm = new Meter { Sent = request => sent.Enqueue(request.RequestUri!) };
        using (var partner = await Partner.ConnectAsync(server.Address, warm))
        {
            sent.Clear();
            await progress.DuringAsync(
                "to warm up",
                async () =>
                {
                    await partner.DiscoverAsync(_ => { });
                    await partner.DiscoverAsync(_ => { });
                },
                () => $"{warm.Calls:N0} calls");
        }

        // Those of one discovery: the pages of customers, and each customer's subscriptions.
        var calls = sent.Skip(sent.Count / 2).ToList();
        _ = await progress.DuringAsync("ours and the bare loop, to warm up", () => MeasureAsync(server.Address, calls, warm.Peak));
        var (ours, bare, atOnce) = await progress.DuringAsync($"ours and the bare loop, {calls.Count:N0} calls each", () => MeasureAsync(server.Address, calls, warm.Peak));
        return
        [
            new("ours: exchanges a second", ours.PerSecond),
            new("ours: calls under way at once", atOnce),
            new("bare loop: exchanges a second", bare.PerSecond),
            new("ours as a share of the bare loop", ours.PerSecond / bare.PerSecond) { AtLeast = 0.6 },
            new("ours: processor time for each exchange", ours.Processor, "us"),
            new("bare loop: processor time for each exchange", bare.Processor, "us"),
            new("ours: allocated for each exchange", ours.Allocated, "KB"),
            new("bare loop: allocated for each exchange", bare.Allocated, "KB"),
        ];
    }

    private static async Task<(Cost Ours, Cost Bare, int AtOnce)> MeasureAsync(Uri address, List<Uri> calls, int atOnce)
    {
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(address, meter);
        var connecting = meter.Calls;
        var ours = await CostAsync(() => partner.DiscoverAsync(_ => { }), () => meter.Calls - connecting);
        return (ours, await CostAsync(() => LoopAsync(calls, atOnce), () => calls.Count), meter.Peak);
    }

    private static async Task<Cost> CostAsync(Func<Task> work, Func<int> exchanges)
    {
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        await work();
        var elapsed = clock.Elapsed;
        process.Refresh();
        var count = exchanges();
        return new Cost(
            count / elapsed.TotalSeconds,
            (process.TotalProcessorTime - processor).TotalMicroseconds / count,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / count);
    }

    private static async Task LoopAsync(List<Uri> calls, int atOnce)
    {
        // Through a meter, as ours goes through one.
        using var http = new HttpClient(new Meter());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t");
        var next = new ConcurrentQueue<Uri>(calls);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (next.TryDequeue(out var uri))
            {
                using var response = await http.GetAsync(uri);
            }
        })));
    }

    private sealed record Cost(double PerSecond, double Processor, double Allocated);
}
