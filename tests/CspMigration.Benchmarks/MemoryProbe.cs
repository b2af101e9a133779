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

    /// <summary><c>discover|move|move-large endpoint</c>; prints the peak of live memory above the start, and of the process, in MB.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var meter = new Meter();
        using var partner = await Partner.ConnectAsync(new Uri(arguments[1]), arguments[0] == "move-large" ? new LargeLicenses(meter) : meter);
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
        await WorkAsync(partner, arguments[0]);
        await done.CancelAsync();
        await watch;
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(peak - start) / 1048576.0:0.00} {process.PeakWorkingSet64 / 1048576.0:0.0}"));
        return 0;
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
