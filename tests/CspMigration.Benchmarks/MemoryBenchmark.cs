using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class MemoryBenchmark : Benchmark
{
    private const int UsersOfCustomer = 5000;

    public override string Name => "memory";

    public override string Description =>
        "Live memory at its peak, above that of a fresh connection: discovery over 200, 2,000 and 20,000 customers; moving 100,000 users of 20 customers, and 10,000 users of one with four licenses of 30 service plans each.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var few = await ProbeAsync("discover", 200, 0, progress);
        var more = await ProbeAsync("discover", 2000, 0, progress);
        var oneTenant = await ProbeAsync("move", 1, UsersOfCustomer, progress);
        Measure[] quick =
        [
            new("200 customers: live", few.Live, "MB"),
            new("200 customers: process", few.Process, "MB"),
            new("2,000 customers: live", more.Live, "MB"),
            new("2,000 customers: process", more.Process, "MB"),
            new("5,000 users of 1 customer: live", oneTenant.Live, "MB"),
        ];
        if (isQuick)
        {
            return [.. quick, new("growth from 200 to 2,000 customers", more.Live - few.Live, "MB")];
        }

        var many = await ProbeAsync("discover", 20_000, 0, progress);
        var users = await ProbeAsync("move", 20, UsersOfCustomer, progress);
        var licenses = await ProbeAsync("move-large", 1, 10_000, progress);
        return
        [
            .. quick,
            new("20,000 customers: live", many.Live, "MB"),
            new("20,000 customers: process", many.Process, "MB"),
            new("growth from 200 to 20,000 customers", many.Live - few.Live, "MB") { AtMost = 25 },
            new("100,000 users of 20 customers: live", users.Live, "MB"),
            new("100,000 users of 20 customers: process", users.Process, "MB"),
            new("10,000 users with four licenses: live", licenses.Live, "MB") { AtMost = 60 },
            new("10,000 users with four licenses: process", licenses.Process, "MB"),
        ];
    }

    private static async Task<(double Live, double Process)> ProbeAsync(string work, int customers, int users, Progress progress)
    {
        var scenario = $"scale:customers={customers},subscriptions={(users == 0 ? 3 : 1)},users={users}";
        using var server = await SandboxServerProcess.StartAsync(scenario);
        using var probe = DotnetProcess.StartFile(typeof(MemoryBenchmark).Assembly.Location, "probe-memory", work, server.Address.AbsoluteUri);
        var stage = users == 0 ? $"discovery over {customers:N0} customers" : $"moving {customers * users:N0} users of {customers:N0} customers";
        var (exitCode, output) = await progress.DuringAsync(stage, probe.EndAsync);
        var figures = output.Trim().Split(' ').Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var figure) ? figure : double.NaN).ToList();
        return exitCode == 0 && figures.Count == 2
            ? (figures[0], figures[1])
            : throw new InvalidOperationException($"The probe of {scenario} failed: {output}");
    }
}
