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

    public override string Name => "engine";

    public override string Description =>
        "No latency: our exchanges a second, parsed and mapped, against a bare HttpClient loop that only reads the same bodies at the same concurrency.";

    public override int Runs => 5;

    public override async Task<IReadOnlyList<Measure>> RunAsync()
    {
        using var server = await SandboxServerProcess.StartAsync($"scale:customers={Customers},subscriptions=3,users=0");
        var sent = new ConcurrentQueue<Uri>();
        var warm = new Meter { Sent = request => sent.Enqueue(request.RequestUri!) };
        using (var partner = await Partner.ConnectAsync(server.Address, warm))
        {
            await partner.DiscoverAsync(_ => { });
            await partner.DiscoverAsync(_ => { });
        }

        var calls = sent.Where(uri => uri.AbsolutePath.EndsWith("/subscriptions", StringComparison.Ordinal)).Take(Customers).ToList();
        _ = await LoopAsync(calls, warm.Peak);

        var meter = new Meter();
        using var measured = await Partner.ConnectAsync(server.Address, meter);
        var connecting = meter.Calls;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        await measured.DiscoverAsync(_ => { });
        var ours = (meter.Calls - connecting) / clock.Elapsed.TotalSeconds;
        var allocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / (meter.Calls - connecting);

        before = GC.GetTotalAllocatedBytes(precise: true);
        var bare = calls.Count / (await LoopAsync(calls, warm.Peak)).TotalSeconds;
        var bareAllocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls.Count;
        return
        [
            new("ours: exchanges a second", ours),
            new("ours: calls under way at once", meter.Peak),
            new("bare loop: exchanges a second", bare),
            new("ours as a share of the bare loop", ours / bare) { AtLeast = 0.6 },
            new("ours: allocated for each exchange", allocated / 1024, "KB"),
            new("bare loop: allocated for each exchange", bareAllocated / 1024, "KB"),
        ];
    }

    private static async Task<TimeSpan> LoopAsync(List<Uri> calls, int atOnce)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t");
        var next = new ConcurrentQueue<Uri>(calls);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (next.TryDequeue(out var uri))
            {
                using var response = await http.GetAsync(uri);
            }
        })));
        return clock.Elapsed;
    }
}
