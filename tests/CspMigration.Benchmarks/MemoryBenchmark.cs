using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class MemoryBenchmark : Benchmark
{
    private const int UsersOfCustomer = 5000;

    public override string Name => "memory";

    public override string Description =>
        "Live memory at its peak, above that of a fresh connection, and the memory of a process of its own that collects when the runtime likes: discovery over 200, 2,000 and 20,000 customers; moving 100,000 users of 20 customers, and 10,000 users of one with four licenses of 30 service plans each.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        var few = await LiveAsync("discover", 200, 0, progress);
        var more = await LiveAsync("discover", 2000, 0, progress);
        Measure[] quick =
        [
            new("200 customers: live", few, "MB"),
            new("200 customers: process", await ProcessAsync("discover", 200, 0, progress), "MB"),
            new("2,000 customers: live", more, "MB"),
            new("2,000 customers: process", await ProcessAsync("discover", 2000, 0, progress), "MB"),
            new("5,000 users of 1 customer: live", await LiveAsync("move", 1, UsersOfCustomer, progress), "MB"),
        ];
        if (isQuick)
        {
            return [.. quick, new("growth from 200 to 2,000 customers", more - few, "MB")];
        }

        var many = await LiveAsync("discover", 20_000, 0, progress);
        return
        [
            .. quick,
            new("20,000 customers: live", many, "MB"),
            new("20,000 customers: process", await ProcessAsync("discover", 20_000, 0, progress), "MB"),
            new("growth from 200 to 20,000 customers", many - few, "MB") { AtMost = 25 },
            new("100,000 users of 20 customers: live", await LiveAsync("move", 20, UsersOfCustomer, progress), "MB"),
            new("100,000 users of 20 customers: process", await ProcessAsync("move", 20, UsersOfCustomer, progress), "MB"),
            new("10,000 users with four licenses: live", await LiveAsync("move-large", 1, 10_000, progress), "MB") { AtMost = 60 },
            new("10,000 users with four licenses: process", await ProcessAsync("move-large", 1, 10_000, progress), "MB"),
        ];
    }

    private static Task<double> LiveAsync(string work, int customers, int users, Progress progress) => ProbeAsync(work, customers, users, "live", progress);

    private static Task<double> ProcessAsync(string work, int customers, int users, Progress progress) => ProbeAsync(work, customers, users, "process", progress);

    private static async Task<double> ProbeAsync(string work, int customers, int users, string kind, Progress progress)
    {
        var scenario = $"scale:customers={customers},subscriptions={(users == 0 ? 3 : 1)},users={users}";
        using var server = await SandboxServerProcess.StartAsync(scenario);
        using var probe = DotnetProcess.StartFile(typeof(MemoryBenchmark).Assembly.Location, "probe-memory", work, server.Address.AbsoluteUri, kind);
        var stage = users == 0 ? $"discovery over {customers:N0} customers" : $"moving {customers * users:N0} users of {customers:N0} customers";
        var (exitCode, output) = await progress.DuringAsync(stage, probe.EndAsync);
        return exitCode == 0 && double.TryParse(output, CultureInfo.InvariantCulture, out var peak)
            ? peak
            : throw new InvalidOperationException($"The probe of {scenario} failed: {output}");
    }
}
