using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Simulation.Worlds;

/// <summary>Chance by seed: the same seed makes the same choices, on any machine.</summary>
internal sealed class Chance(int seed)
{
    private ulong _state = ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL) + 0x2545F4914F6CDD1DUL;

    /// <summary>A number from 0 to one less than the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from the first through the last.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int share) => Below(100) < share;

    public T Of<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>One of the items, each with its weight.</summary>
    public T Weighted<T>(params IReadOnlyList<(int Weight, T Item)> items)
    {
        var at = Below(items.Sum(item => item.Weight));
        foreach (var (weight, item) in items)
        {
            if (at < weight)
            {
                return item;
            }

            at -= weight;
        }

        throw new InvalidOperationException("There is nothing to choose from.");
    }

    /// <summary>Some of the items, at least one, in their order.</summary>
    public List<T> Some<T>(IReadOnlyList<T> items)
    {
        var some = items.Where(_ => Percent(50)).ToList();
        return some.Count > 0 || items.Count == 0 ? some : [Of(items)];
    }

    // SplitMix64.
    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
