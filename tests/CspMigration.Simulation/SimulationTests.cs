using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using CspMigration.Simulation.Programs;
using Xunit;
using Xunit.Abstractions;

namespace CspMigration.Simulation;

/// <summary>
/// Programs made up by seed, in worlds made up by seed. What fails is printed as a short program: to keep it, paste its text into
/// <c>KeptProgramTests</c>. <see cref="Settings"/> says how to run certain seeds.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void No_program_of_any_seed_breaks_what_must_always_hold()
    {
        var (first, last) = Settings.Seeds;
        var watch = Stopwatch.StartNew();

        var range = SeedRange.Run(first, last, Settings.Each);

        output.WriteLine($"simulation: seeds {first} to {last}, {range.Requests} requests, {range.Counts.Values.Sum()} seeds with a violation, {watch.Elapsed.TotalSeconds:0} s");
        output.WriteLine(string.Join(", ", range.Counts.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.True(range.Counts.Count == 0, string.Join(Environment.NewLine, range.Findings));
    }

    [Fact]
    public void The_same_seed_runs_the_same_way_every_time()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var once = ProgramRun.Run(ProgramGenerator.Make(seed), isTraced: true);
            var again = ProgramRun.Run(ProgramGenerator.Make(seed), isTraced: true);

            Assert.Equal(once.Trace, again.Trace);
            Assert.Equal(once.Violations, again.Violations);
        }
    }

    [Fact]
    public void Programs_in_files_break_nothing_either()
    {
        if (Settings.ProgramPath is not { } path)
        {
            return;
        }

        var isFolder = Directory.Exists(path);
        var wrong = new List<string>();
        foreach (var file in isFolder ? Directory.GetFiles(path).Order(StringComparer.Ordinal).ToArray() : [path])
        {
            var program = SimulationProgram.Parse(File.ReadAllText(file));
            var result = ProgramRun.Run(program, isTraced: !isFolder);
            output.WriteLine($"{file}: {result.Violations.Count} violations");
            output.WriteLine($"{program}\n{string.Join('\n', result.Trace)}");
            wrong.AddRange(result.Violations.Select(violation => $"{file}: {violation}"));
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
