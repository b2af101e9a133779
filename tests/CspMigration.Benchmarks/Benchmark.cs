using System.Collections.Generic;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>Something worth measuring.</summary>
internal abstract class Benchmark
{
    public abstract string Name { get; }

    /// <summary>What is compared with what.</summary>
    public abstract string Description { get; }

    /// <summary>How often it is run where nobody says: the figures are medians.</summary>
    public virtual int Runs => 3;

    /// <summary>Why it cannot run here; null where it can.</summary>
    public virtual string? Obstacle => null;

    /// <summary>One run, all sides of the comparison in it.</summary>
    public abstract Task<IReadOnlyList<Measure>> RunAsync();
}
