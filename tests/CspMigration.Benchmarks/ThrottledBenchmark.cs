using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

/// <param name="limit">Requests a minute that the service permits each family.</param>
internal sealed class ThrottledBenchmark(int limit) : Benchmark
{
    // So many minutes' worth of calls: the first is sent at once, then the limit holds.
    private const int Windows = 4;
    private const int Latency = 20;

    // The larger limit alone, and within its first minute: what is permitted at once, and what is asked without success when it is used up.
    private const int QuickLimit = 3000;
    private static readonly TimeSpan QuickSpan = TimeSpan.FromSeconds(40);

    public override string Name => "throttled";

    public override string Description =>
        "Discovery where the service permits 500, and 3,000, requests a minute: how much of it is used, how much is asked in vain.";

    public override int Runs => 1;

    public override async Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress)
    {
        if (isQuick && limit != QuickLimit)
        {
            return [];
        }

        var customers = limit * Windows;
        using var server = await SandboxServerProcess.StartAsync(
            $"scale:customers={customers},subscriptions=1,users=0", "--latency", $"{Latency}", "--rate-limit", $"{limit}");
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(server.Address, meter);
        var rows = 0;
        await progress.DuringAsync($"{limit:N0} requests a minute permitted", () => DiscoverAsync(partner, isQuick, found => rows += found.Count), () => $"{rows:N0} of {customers:N0} customers");
        if (rows != customers && !isQuick)
        {
            throw new InvalidOperationException($"{rows} rows were found.");
        }

        // In any minute so many: those at once, and as many again with every minute that passes.
        var permitted = isQuick ? limit : limit * (1 + meter.Span.TotalMinutes);
        var name = string.Create(CultureInfo.InvariantCulture, $"{limit:N0} a minute");
        return
        [
            new($"{name}: time", meter.Span.TotalSeconds, "s"),
            new($"{name}: calls", meter.Calls),
            new($"{name}: share of the permitted rate used", rows / permitted) { AtLeast = 0.95 },
            new($"{name}: share answered 429", (double)meter.Throttled / meter.Calls) { AtMost = 0.02 },
        ];
    }

    private static async Task DiscoverAsync(Partner partner, bool isQuick, Action<IReadOnlyList<ExpiringSubscription>> found)
    {
        using var end = new CancellationTokenSource();
        if (!isQuick)
        {
            await partner.DiscoverAsync(found, end.Token);
            return;
        }

        end.CancelAfter(QuickSpan);
        try
        {
            await partner.DiscoverAsync(found, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The rest would come in the next minute.
        }
    }
}
