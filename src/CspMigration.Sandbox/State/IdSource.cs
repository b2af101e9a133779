using System;

namespace CspMigration.Sandbox.State;

/// <summary>Creates ids that depend only on the seed and a name, so that every run of a scenario has the same ids.</summary>
internal sealed class IdSource
{
    private readonly ulong _seed;

    public IdSource(int seed)
    {
        _seed = Hash.Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
    }

    /// <summary>A lower-case GUID for a name.</summary>
    public string Guid(string name)
    {
        var high = Hash.Of(name, _seed);
        var low = Hash.Of(name, Hash.Mix(high));
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

    /// <summary>A number below the limit for a name.</summary>
    public int Number(string name, int limit) => (int)(Hash.Of(name, _seed) % (ulong)limit);
}
