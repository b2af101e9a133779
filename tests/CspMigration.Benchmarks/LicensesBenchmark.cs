using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

internal sealed class LicensesBenchmark : Benchmark
{
    private const int QuickCalls = 300;

    public override string Name => "licenses";

    public override string Description =>
        $"{OneCustomer.Large.Description}, at {OneCustomer.Latency} ms, from discovery to suspension, after one alike to warm up: ours through either service, call by call, and the ideal.";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        using var server = await OneCustomer.Large.StartAsync();
        var meter = new Meter();
        var ours = await OneCustomer.Large.MeasureWarmAsync("ours", server, Partner.ConnectAsync, meter, progress);
        await OneCustomer.Large.ResetAsync(server);
        var graphCalls = 0;
        var graph = await OneCustomer.Large.MeasureWarmAsync("through Microsoft Graph", server, Partner.ConnectToGraphAsync, new Meter { Sent = CountGraph }, progress);
        var (baseline, baselineCalls) = await OneCustomer.Large.MeasureScriptAsync(ours, isQuick ? QuickCalls : int.MaxValue, progress);
        var ideal = TimeSpan.FromMilliseconds((double)ours.Calls * OneCustomer.Latency / meter.Peak);
        return
        [
            new("ours", ours.Time.TotalSeconds, "s"),
            new("ours: calls", ours.Calls),
            new("ours: calls under way at once", meter.Peak),
            new("call by call", baseline.TotalSeconds, "s"),
            new("call by call: calls", baselineCalls),
            new("ideal: our calls x latency / calls under way at once", ideal.TotalSeconds, "s"),
            new("through Microsoft Graph", graph.Time.TotalSeconds, "s"),
            new("through Microsoft Graph: its calls, without those for units, which are polled", graphCalls) { AtMost = 54 },
            new("times as fast as call by call", baseline / ours.Time) { AtLeast = 20 },
            new("through Microsoft Graph: times as fast as call by call", baseline / graph.Time) { AtLeast = 100 },
            new("share of the ideal", ideal / ours.Time) { AtLeast = 0.85 },
        ];

        void CountGraph(HttpRequestMessage request)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path.StartsWith("/v1.0/", StringComparison.Ordinal) && !path.EndsWith("/subscribedSkus", StringComparison.Ordinal))
            {
                _ = Interlocked.Increment(ref graphCalls);
            }
        }
    }
}
