using System.Collections.Generic;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>Where few users are moved, it is the calls that wait for one another which take the time.</summary>
internal sealed class SmallCustomerBenchmark : Benchmark
{
    private const int Users = 200;

    private static readonly OneCustomer Customer = new(Users, Users);

    public override string Name => "customer";

    public override string Description =>
        $"{Customer.Description}, at {OneCustomer.Latency} ms, from discovery to suspension, after one alike to warm up: ours through either service, and call by call.";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        using var server = await Customer.StartAsync();
        var ours = await Customer.MeasureWarmAsync("ours", server, Partner.ConnectAsync, new Meter(), progress);
        await Customer.ResetAsync(server);
        var graph = await Customer.MeasureWarmAsync("through Microsoft Graph", server, Partner.ConnectToGraphAsync, new Meter(), progress);
        var (baseline, baselineCalls) = await Customer.MeasureScriptAsync(ours, int.MaxValue, progress);
        return
        [
            new("ours", ours.Time.TotalSeconds, "s"),
            new("ours: calls", ours.Calls),
            new("through Microsoft Graph", graph.Time.TotalSeconds, "s"),
            new("through Microsoft Graph: calls", graph.Calls),
            new("call by call", baseline.TotalSeconds, "s"),
            new("call by call: calls", baselineCalls),
            new("times as fast as call by call", baseline / ours.Time),
            new("through Microsoft Graph: times as fast as call by call", baseline / graph.Time) { AtLeast = 14 },
        ];
    }
}
