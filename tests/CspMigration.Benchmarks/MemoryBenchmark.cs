using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class MemoryBenchmark : Benchmark
{
    public override string Name => "memory";

    public override string Description =>
        "Live memory at its peak, above that of a fresh connection: discovery over 200, 2,000 and 20,000 customers; moving 100,000 users of 20 customers, and 10,000 users of one with four licenses of 30 service plans each.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync()
    {
        var few = await ProbeAsync("discover", "scale:customers=200,subscriptions=3,users=0");
        var more = await ProbeAsync("discover", "scale:customers=2000,subscriptions=3,users=0");
        var many = await ProbeAsync("discover", "scale:customers=20000,subscriptions=3,users=0");
        var oneTenant = await ProbeAsync("move", "scale:customers=1,subscriptions=1,users=5000");
        var users = await ProbeAsync("move", "scale:customers=20,subscriptions=1,users=5000");
        var licenses = await ProbeAsync("move-large", "scale:customers=1,subscriptions=1,users=10000");
        return
        [
            new("200 customers: live", few.Live, "MB"),
            new("200 customers: process", few.Process, "MB"),
            new("2,000 customers: live", more.Live, "MB"),
            new("2,000 customers: process", more.Process, "MB"),
            new("20,000 customers: live", many.Live, "MB"),
            new("20,000 customers: process", many.Process, "MB"),
            new("growth from 200 to 20,000 customers", many.Live - few.Live, "MB") { AtMost = 25 },
            new("5,000 users of 1 customer: live", oneTenant.Live, "MB"),
            new("100,000 users of 20 customers: live", users.Live, "MB"),
            new("100,000 users of 20 customers: process", users.Process, "MB"),
            new("10,000 users with four licenses: live", licenses.Live, "MB") { AtMost = 60 },
            new("10,000 users with four licenses: process", licenses.Process, "MB"),
        ];
    }

    private static async Task<(double Live, double Process)> ProbeAsync(string work, string scenario)
    {
        using var server = await SandboxServerProcess.StartAsync(scenario);
        using var probe = DotnetProcess.StartFile(typeof(MemoryBenchmark).Assembly.Location, "probe-memory", work, server.Address.AbsoluteUri);
        var (exitCode, output) = await probe.EndAsync();
        var figures = output.Trim().Split(' ').Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var figure) ? figure : double.NaN).ToList();
        return exitCode == 0 && figures.Count == 2
            ? (figures[0], figures[1])
            : throw new InvalidOperationException($"The probe of {scenario} failed: {output}");
    }
}
