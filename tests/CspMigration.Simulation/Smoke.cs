using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using CspMigration.Simulation.Oracle;
using CspMigration.Simulation.Programs;
using Xunit;
using Xunit.Abstractions;

namespace CspMigration.Simulation;

public sealed class Smoke(ITestOutputHelper output)
{
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    [Fact]
    public void Plain()
    {
        var seeds = (Variable("SEEDS") ?? "1-20").Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var kinds = new Dictionary<string, List<(int Seed, Violation Violation)>>();
        var requests = 0L;
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var slowest = (Seed: 0, Time: TimeSpan.Zero);
        for (var seed = seeds[0]; seed <= seeds[^1]; seed++)
        {
            if ((seed - seeds[0]) % 500 == 499) { output.WriteLine($"{seed}: {watch.Elapsed.TotalSeconds:0.0} s, CPU {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0}"); }
            var program = ProgramGenerator.Make(seed);
            var one = Stopwatch.StartNew();
            var again = SimulationProgram.Parse(program.ToString());
            Assert.Equal(program.ToString(), again.ToString());
            var result = ProgramRun.Run(program);
            requests += result.Requests;
            if (one.Elapsed > slowest.Time) { slowest = (seed, one.Elapsed); }
            foreach (var violation in result.Violations.Take(1))
            {
                if (!kinds.TryGetValue(violation.Kind, out var list)) { kinds[violation.Kind] = list = []; }
                list.Add((seed, violation));
            }
        }

        output.WriteLine($"{(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / (seeds[^1] - seeds[0] + 1):0.0} ms CPU, {watch.Elapsed.TotalMilliseconds / (seeds[^1] - seeds[0] + 1):0.0} ms a seed, {requests / (seeds[^1] - seeds[0] + 1)} requests a seed, slowest {slowest}");
        output.WriteLine($"GC {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}, pause {GC.GetTotalPauseDuration()}, {GC.GetTotalAllocatedBytes() / (seeds[^1] - seeds[0] + 1) / 1024} KB a seed");
        foreach (var (kind, list) in kinds.OrderByDescending(pair => pair.Value.Count))
        {
            output.WriteLine($"{kind}: {list.Count}");
            foreach (var (seed, violation) in list.Take(4)) { output.WriteLine($"   {seed}: {violation.Detail}"); }
        }
    }

    [Fact]
    public void One()
    {
        var program = Variable("PROGRAM") is { } path ? SimulationProgram.Parse(File.ReadAllText(path)) : ProgramGenerator.Make(int.Parse(Variable("SEED") ?? "1", CultureInfo.InvariantCulture));
        output.WriteLine(program.ToString());
        var result = ProgramRun.Run(program, isTraced: true);
        if (Variable("TRACE") is not null) { output.WriteLine(string.Join("\n", result.Trace)); }
        output.WriteLine(string.Join("\n", result.Violations));
    }

    [Fact]
    public void Shrunk()
    {
        var seeds = (Variable("SEEDS") ?? "1-20").Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var wanted = Variable("KIND");
        var most = int.Parse(Variable("MOST") ?? "3", CultureInfo.InvariantCulture);
        var counts = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var gate = new object();
        System.Threading.Tasks.Parallel.For(seeds[0], seeds[^1] + 1, new System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var program = ProgramGenerator.Make(seed);
            var result = ProgramRun.Run(program);
            if (result.Violations.Count == 0) { return; }
            var kind = result.Violations[0].Kind;
            if (wanted is not null && !wanted.Split(',').Contains(kind)) { return; }
            if (counts.AddOrUpdate(kind, 1, (_, count) => count + 1) > most) { return; }
            var shrunk = CspMigration.Simulation.Shrinking.Shrinker.Shrink(program, kind);
            var violation = ProgramRun.Run(shrunk).Violations[0];
            lock (gate) { output.WriteLine($"== seed {seed}: {violation}\n{shrunk}"); }
        });
        output.WriteLine(string.Join(", ", counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));
    }
}
