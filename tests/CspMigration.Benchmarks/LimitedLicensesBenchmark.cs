using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

internal sealed class LimitedLicensesBenchmark : Benchmark
{
    // What Partner Center documents for each family of a partner; Microsoft Graph's own limit is always on.
    private const int CallsPerMinute = 500;

    public override string Name => "limited";

    public override string Description => $"{OneCustomer.Large.Description}, within the documented limits, {CallsPerMinute} calls a minute for Partner Center and Microsoft Graph's own: ours through either service. Takes minutes.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        if (isQuick)
        {
            return [];
        }

        var partnerCenter = await MeasureAsync("through Partner Center", Partner.ConnectAsync, progress);
        var graph = await MeasureAsync("through Microsoft Graph", Partner.ConnectToGraphAsync, progress);
        return
        [
            new("through Partner Center", partnerCenter.TotalSeconds, "s"),
            new("through Microsoft Graph", graph.TotalSeconds, "s") { AtMost = 60 },
            new("times as fast through Microsoft Graph", partnerCenter / graph) { AtLeast = 20 },
        ];
    }

    private static async Task<TimeSpan> MeasureAsync(string name, Func<Uri, HttpMessageHandler, Task<Partner>> connect, Progress progress)
    {
        using var server = await OneCustomer.Large.StartAsync("--rate-limit", $"{CallsPerMinute}");
        return (await OneCustomer.Large.MeasureAsync(name, server, connect, new Meter(), progress)).Time;
    }
}
