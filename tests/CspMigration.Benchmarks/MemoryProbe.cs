using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>One figure of the memory benchmark, in a process of its own: what is held at most while the work goes on.</summary>
internal static class MemoryProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// <c>discover|move|move-large endpoint live|process</c>; prints in MB the peak of live memory above the start, or that of the
    /// process where the runtime alone decides when it collects.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(new Uri(arguments[1]), arguments[0] == "move-large" ? new LargeLicenses(meter) : meter);
        var peak = arguments[2] == "live" ? await LivePeakAsync(partner, arguments[0]) : await ProcessPeakAsync(partner, arguments[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peak / 1048576.0:0.00}"));
        return 0;
    }

    private static async Task<long> LivePeakAsync(Partner partner, string work)
    {
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var peak = start;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync(CancellationToken.None) && !done.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            }
        });
        await WorkAsync(partner, work);
        await done.CancelAsync();
        await watch;
        return peak - start;
    }

    private static async Task<long> ProcessPeakAsync(Partner partner, string work)
    {
        await WorkAsync(partner, work);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static async Task WorkAsync(Partner partner, string work)
    {
        var rows = new List<Contracts.ExpiringSubscription>();
        await partner.DiscoverAsync(found =>
        {
            if (work != "discover")
            {
                rows.AddRange(found);
            }
        });
        foreach (var row in rows)
        {
            _ = await partner.MigrateAsync(row);
        }
    }
}
