using System.Collections.Generic;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>Something worth measuring.</summary>
internal abstract class Benchmark
{
    public abstract string Name { get; }

    /// <summary>What is compared with what.</summary>
    public abstract string Description { get; }

    /// <summary>How often it is run where no one says: the figures are medians.</summary>
    public virtual int Runs => 3;

    /// <summary>How often it is run where a quick figure is wanted.</summary>
    public virtual int QuickRuns => 1;

    /// <summary>Why it cannot run here; null where it can.</summary>
    public virtual string? Obstacle => null;

    /// <summary>One run, all sides of the comparison in it.</summary>
    /// <param name="isQuick">Whether a figure in less than a minute is wanted, for daily work, rather than the one that counts.</param>
    /// <param name="progress">Where it says what it is doing.</param>
    public abstract Task<IReadOnlyList<Measure>> RunAsync(bool isQuick, Progress progress);
}
