using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

/// <summary>A customer with some users, and a subscription that is migrated, from discovery to suspension.</summary>
/// <param name="users">How many users there are.</param>
/// <param name="holders">How many of them hold the license that is moved.</param>
internal sealed class OneCustomer(int users, int holders)
{
    /// <summary>Milliseconds that each call takes at least.</summary>
    public const int Latency = 50;

    /// <summary>One whose users take minutes call by call: 2,000, of whom 1,000 hold the license.</summary>
    public static readonly OneCustomer Large = new(2000, 1000);

    // Subscriptions share the users equally; one of them is migrated.
    private readonly string _scenario = $"scale:customers=1,subscriptions={users / holders},users={users}";

    /// <summary>What it is, for the description of a benchmark.</summary>
    public string Description { get; } = holders == users ? $"One customer, {users:N0} users, all of them holders" : $"One customer, {users:N0} users, {holders:N0} of them holders";

    /// <summary>A fresh sandbox.</summary>
    /// <param name="arguments">More arguments of the server.</param>
    public Task<SandboxServerProcess> StartAsync(params string[] arguments) => SandboxServerProcess.StartAsync(_scenario, ["--latency", $"{Latency}", .. arguments]);

    /// <summary>The same as at the start.</summary>
    public Task ResetAsync(SandboxServerProcess server) => server.ResetAsync(_scenario);

    /// <summary>One migration with the module.</summary>
    /// <param name="stage">What it is called while it goes on.</param>
    /// <param name="server">The sandbox.</param>
    /// <param name="connect">How it connects.</param>
    /// <param name="meter">Counts the calls.</param>
    /// <param name="progress">Where it says how far it is.</param>
    public async Task<OwnMigration> MeasureAsync(string stage, SandboxServerProcess server, Func<Uri, HttpMessageHandler, Task<Partner>> connect, Meter meter, Progress progress)
    {
        using var partner = await connect(server.Address, meter);
        var connecting = meter.Calls;
        var rows = new List<ExpiringSubscription>();
        var clock = new Stopwatch();
        var (target, move, suspended) = await progress.DuringAsync(
            stage,
            async () =>
            {
                clock.Start();
                await partner.DiscoverAsync(rows.AddRange);
                var result = await partner.MigrateAsync(rows[0]);
                clock.Stop();
                return result;
            },
            () => $"{meter.Calls - connecting:N0} calls");
        return move.Moved == holders && suspended.Outcome == SuspensionOutcome.Suspended
            ? new OwnMigration(clock.Elapsed, meter.Calls - connecting, rows[0], target)
            : throw new InvalidOperationException($"{move.Moved} users were moved, and the source is {suspended.Outcome}.");
    }

    /// <summary>The same after one alike: the first calls of a fresh server and client cost as much again to compile.</summary>
    public async Task<OwnMigration> MeasureWarmAsync(string stage, SandboxServerProcess server, Func<Uri, HttpMessageHandler, Task<Partner>> connect, Meter meter, Progress progress)
    {
        _ = await MeasureAsync($"{stage}, to warm up", server, connect, new Meter(), progress);
        await ResetAsync(server);
        return await MeasureAsync(stage, server, connect, meter, progress);
    }

    /// <summary>The same work, call by call, in a sandbox of its own.</summary>
    /// <param name="own">A migration of ours, whose target is bought.</param>
    /// <param name="callsMeasured">How many calls are made; the rest is extrapolated.</param>
    /// <param name="progress">Where it says how far it is.</param>
    public async Task<(TimeSpan Time, int Calls)> MeasureScriptAsync(OwnMigration own, int callsMeasured, Progress progress)
    {
        using var server = await StartAsync();
        using var script = new SequentialScript(server.Address) { CallsMeasured = callsMeasured };
        var time = await progress.DuringAsync("call by call", () => script.MigrateAsync(own.Source, own.Target, users, holders), () => script.HowFar);
        if (script.CallsInAll > callsMeasured)
        {
            return (time, script.CallsInAll);
        }

        var state = await server.StateAsync();
        var moved = state.Customers.Single().Users.Count(user => user.Licenses.Any(license => string.Equals(license.SkuId, own.Target.SkuId, StringComparison.OrdinalIgnoreCase)));
        return moved == holders ? (time, script.CallsInAll) : throw new InvalidOperationException($"The script moved {moved} users.");
    }
}
