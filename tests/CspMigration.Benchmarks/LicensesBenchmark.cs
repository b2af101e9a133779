using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

internal sealed class LicensesBenchmark : Benchmark
{
    private const int Users = 2000;
    private const int Holders = 1000;
    private const int Latency = 50;
    private const int QuickCalls = 300;

    // Two subscriptions share the users; one of them is migrated.
    private static readonly string Scenario = $"scale:customers=1,subscriptions={Users / Holders},users={Users}";

    public override string Name => "licenses";

    public override string Description =>
        $"One customer, {Users:N0} users, {Holders:N0} of them holders, at {Latency} ms, from discovery to suspension, after one alike to warm up: ours through either service, call by call, and the ideal.";

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        using var server = await StartAsync();
        await WarmUpAsync(server, progress);
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(server.Address, meter);
        var connecting = meter.Calls;
        var rows = new List<ExpiringSubscription>();
        var clock = new Stopwatch();
        var (target, move, suspended) = await progress.DuringAsync(
            "ours",
            async () =>
            {
                clock.Start();
                await partner.DiscoverAsync(rows.AddRange);
                var result = await partner.MigrateAsync(rows[0]);
                clock.Stop();
                return result;
            },
            () => $"{meter.Calls - connecting:N0} calls");
        var ours = clock.Elapsed;
        if (move.Moved != Holders || suspended.Outcome != SuspensionOutcome.Suspended)
        {
            throw new InvalidOperationException($"{move.Moved} users were moved, and the source is {suspended.Outcome}.");
        }

        var (graph, graphCalls) = await MeasureGraphAsync(server, progress);
        var calls = meter.Calls - connecting;
        var (baseline, baselineCalls) = await MeasureScriptAsync(rows[0], target, isQuick, progress);
        var ideal = TimeSpan.FromMilliseconds((double)calls * Latency / meter.Peak);
        return
        [
            new("ours", ours.TotalSeconds, "s"),
            new("ours: calls", calls),
            new("ours: calls under way at once", meter.Peak),
            new("call by call", baseline.TotalSeconds, "s"),
            new("call by call: calls", baselineCalls),
            new("ideal: our calls x latency / calls under way at once", ideal.TotalSeconds, "s"),
            new("through Microsoft Graph", graph.TotalSeconds, "s"),
            new("through Microsoft Graph: its calls, without those for units, which are polled", graphCalls) { AtMost = 54 },
            new("times as fast as call by call", baseline / ours) { AtLeast = 20 },
            new("through Microsoft Graph: times as fast as call by call", baseline / graph) { AtLeast = 100 },
            new("share of the ideal", ideal / ours) { AtLeast = 0.85 },
        ];
    }

    // Once to warm up, then on a fresh tenant.
    private static async Task<(TimeSpan Time, int Calls)> MeasureGraphAsync(SandboxServerProcess server, Progress progress)
    {
        var time = TimeSpan.Zero;
        var calls = 0;
        foreach (var name in new[] { "through Microsoft Graph, to warm up", "through Microsoft Graph" })
        {
            await server.ResetAsync(Scenario);
            var meter = new Meter { Sent = request => CountGraph(request) };
            using var partner = await Partner.ConnectToGraphAsync(server.Address, meter);
            var rows = new List<ExpiringSubscription>();
            calls = 0;
            var clock = Stopwatch.StartNew();
            var (_, move, suspended) = await progress.DuringAsync(
                name,
                async () =>
                {
                    await partner.DiscoverAsync(rows.AddRange);
                    return await partner.MigrateAsync(rows[0]);
                },
                () => $"{meter.Calls:N0} calls");
            time = clock.Elapsed;
            if (move.Moved != Holders || suspended.Outcome != SuspensionOutcome.Suspended)
            {
                throw new InvalidOperationException($"{move.Moved} users were moved, and the source is {suspended.Outcome}.");
            }
        }

        return (time, calls);

        void CountGraph(System.Net.Http.HttpRequestMessage request)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path.StartsWith("/v1.0/", StringComparison.Ordinal) && !path.EndsWith("/subscribedSkus", StringComparison.Ordinal))
            {
                _ = System.Threading.Interlocked.Increment(ref calls);
            }
        }
    }

    // The first calls of a fresh server and client cost as much again to compile.
    private static async Task WarmUpAsync(SandboxServerProcess server, Progress progress)
    {
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(server.Address, meter);
        var rows = new List<ExpiringSubscription>();
        await progress.DuringAsync(
            "to warm up",
            async () =>
            {
                await partner.DiscoverAsync(rows.AddRange);
                _ = await partner.MigrateAsync(rows[0]);
            },
            () => $"{meter.Calls:N0} calls");
        await server.ResetAsync(Scenario);
    }

    private static Task<SandboxServerProcess> StartAsync() => SandboxServerProcess.StartAsync(Scenario, "--latency", $"{Latency}");

    private static async Task<(TimeSpan Time, int Calls)> MeasureScriptAsync(
        ExpiringSubscription source,
        TargetSubscription target,
        bool isQuick,
        Progress progress)
    {
        using var server = await StartAsync();
        using var script = new SequentialScript(server.Address) { CallsMeasured = isQuick ? QuickCalls : int.MaxValue };
        var time = await progress.DuringAsync("call by call", () => script.MigrateAsync(source, target, Users, Holders), () => script.HowFar);
        if (isQuick)
        {
            return (time, script.CallsInAll);
        }

        var state = await server.StateAsync();
        var moved = state.Customers.Single().Users.Count(user => user.Licenses.Any(license => string.Equals(license.SkuId, target.SkuId, StringComparison.OrdinalIgnoreCase)));
        return moved == Holders ? (time, script.CallsInAll) : throw new InvalidOperationException($"The script moved {moved} users.");
    }
}
