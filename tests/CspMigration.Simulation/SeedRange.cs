using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Simulation.Oracle;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Shrinking;

namespace CspMigration.Simulation;

/// <summary>Runs the programs of many seeds, on all cores, and shrinks what is wrong.</summary>
internal sealed class SeedRange
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, Finding> _findings = [];
    private long _requests;

    private SeedRange()
    {
    }

    /// <summary>How many requests were sent in all.</summary>
    public long Requests => _requests;

    /// <summary>How many seeds showed each kind first.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Shrunk programs, each of another shape.</summary>
    public IEnumerable<Finding> Findings => _findings.Values.OrderBy(finding => finding.Violation.Kind, StringComparer.Ordinal).ThenBy(finding => finding.Seed);

    /// <summary>Runs the seeds from the first through the last.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    /// <param name="each">How many programs of a kind are shrunk.</param>
    public static SeedRange Run(int first, int last, int each)
    {
        var range = new SeedRange();
        _ = Parallel.For(first, last + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed => range.Run(seed, each));
        return range;
    }

    private void Run(int seed, int each)
    {
        var program = ProgramGenerator.Make(seed);
        var result = ProgramRun.Run(program);
        _ = Interlocked.Add(ref _requests, result.Requests);
        if (result.Violations is not [{ } violation, ..])
        {
            return;
        }

        int count;
        lock (_counts)
        {
            count = _counts[violation.Key] = _counts.GetValueOrDefault(violation.Key) + 1;
        }

        if (count <= each)
        {
            var shrunk = Shrinker.Shrink(program, violation.Key);
            lock (_findings)
            {
                _ = _findings.TryAdd($"{violation.Key} {Shape.Of(shrunk)}", new Finding(seed, ProgramRun.Run(shrunk).Violations[0], shrunk));
            }
        }
    }

    /// <summary>A seed that showed something, and the short program that shows it too.</summary>
    public sealed record Finding(int Seed, Violation Violation, SimulationProgram Program)
    {
        public override string ToString() => $"seed {Seed}: {Violation}\n{Program}";
    }
}
