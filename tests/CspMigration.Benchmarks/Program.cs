using System;
using System.Globalization;
using System.Linq;
using CspMigration.Benchmarks;

// A benchmark that needs a process of its own for each figure starts this program again.
if (args is ["probe-memory", .. var probe])
{
    return await MemoryProbe.RunAsync(probe);
}

if (args is ["probe-journal", .. var journal])
{
    return JournalProbe.Run(journal);
}

Benchmark[] benchmarks =
[
    new LicensesBenchmark(), new SmallCustomerBenchmark(), new LimitedLicensesBenchmark(), new ThrottledBenchmark(500), new ThrottledBenchmark(3000), new DiscoveryBenchmark(), new MemoryBenchmark(), new JournalBenchmark(), new PipeBenchmark(), new EngineBenchmark(), new ImportBenchmark(),
];
var isQuick = args.Contains("--quick");
var words = args.Where(argument => argument != "--quick").ToList();
var names = words.TakeWhile(argument => argument != "--runs").ToList();
var chosen = benchmarks.Where(benchmark => names.Contains("all") || names.Contains(benchmark.Name, StringComparer.OrdinalIgnoreCase)).ToList();
var runs = words.SkipWhile(argument => argument != "--runs").Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault();
if (chosen.Count == 0)
{
    Console.WriteLine("dotnet run -c Release --project tests/CspMigration.Benchmarks -- NAME… [--runs N] [--quick]");
    Console.WriteLine();
    foreach (var group in benchmarks.GroupBy(benchmark => benchmark.Name))
    {
        Console.WriteLine($"  {group.Key,-10} {group.First().Description}");
    }

    Console.WriteLine("  all        each of them");
    Console.WriteLine();
    Console.WriteLine("  --quick    a figure in less than a minute each, for daily work: one run of less, and what goes call by call extrapolated from the mean of 300 calls");
    return 2;
}

var isMet = true;
foreach (var group in chosen.GroupBy(benchmark => benchmark.Name))
{
    isMet &= await Report.RunAsync(group.Key, [.. group], runs, isQuick);
}

return isMet ? 0 : 1;
