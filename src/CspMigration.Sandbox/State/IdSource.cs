using System;

namespace CspMigration.Sandbox.State;

/// <summary>Ids that depend on nothing but the seed and what they name, so that every run of a scenario has the same ones.</summary>
internal sealed class IdSource
{
    private readonly ulong _seed;

    public IdSource(int seed)
    {
        _seed = Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
    }

    /// <summary>A lower-case GUID for the thing of this name.</summary>
    public string Guid(string name)
    {
        var high = Hash(name, _seed);
        var low = Hash(name, Mix(high));
        return new Guid(
            (int)(high >> 32),
            (short)(high >> 16),
            (short)((high & 0x0FFF) | 0x4000),
            (byte)(0x80 | ((low >> 56) & 0x3F)),
            (byte)(low >> 48),
            (byte)(low >> 40),
            (byte)(low >> 32),
            (byte)(low >> 24),
            (byte)(low >> 16),
            (byte)(low >> 8),
            (byte)low).ToString("D");
    }

    /// <summary>A number below the limit for the thing of this name.</summary>
    public int Number(string name, int limit) => (int)(Hash(name, _seed) % (ulong)limit);

    private static ulong Hash(string text, ulong seed)
    {
        var hash = seed ^ 0xCBF29CE484222325UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 0x100000001B3UL;
        }

        return Mix(hash);
    }

    // The finalizer of SplitMix64: spreads every bit of its input over the whole result.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
