using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Status;

namespace CspMigration.Benchmarks;

/// <summary>One figure of the journal benchmark, in a process of its own.</summary>
internal static class JournalProbe
{
    /// <summary><c>history|endings journal</c>; prints seconds, live memory and the peak of the process, in MB.</summary>
    public static int Run(string[] arguments)
    {
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        object result = arguments[0] == "history" ? ReadHistory(arguments[1]) : LookUpEndings(arguments[1], clock);
        var time = clock.Elapsed;
        var live = GC.GetTotalMemory(forceFullCollection: true) - start;
        GC.KeepAlive(result);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} {live / 1048576.0:0.0} {process.PeakWorkingSet64 / 1048576.0:0.0}"));
        return 0;
    }

    private static IReadOnlyList<SubscriptionMigration> ReadHistory(string path)
    {
        var migrations = MigrationHistory.Read([path], (_, error) => throw error);
        return migrations.All(migration => migration.State == MigrationState.Completed) ? migrations : throw new InvalidOperationException("A migration is not completed.");
    }

    // What Suspend-Subscription looks up for each record: whether the subscription is the target of a migration that is not finished.
    private static JournalView LookUpEndings(string path, Stopwatch clock)
    {
        var view = new JournalView();
        var endings = new List<StatusSettled>();
        foreach (var entry in JournalLines.ReadFile(path))
        {
            view.Add(entry);
            if (entry is StatusSettled ending)
            {
                endings.Add(ending);
            }
        }

        clock.Restart();
        foreach (var ending in endings)
        {
            if (view.UnfinishedSources(ending.CustomerId!.Value, ending.SubscriptionId!.Value).Count > 0)
            {
                throw new InvalidOperationException("A source is taken for a target.");
            }

            var target = view.Purchase(ending.CustomerId!.Value, ending.SubscriptionId!.Value)!.SubscriptionId!.Value;
            if (view.SourcesOf(ending.CustomerId!.Value, target).Count != 1 || view.OpenPurchase(ending.CustomerId!.Value, ending.SubscriptionId!.Value) is not null)
            {
                throw new InvalidOperationException("A target has lost its source.");
            }
        }

        return view;
    }
}
