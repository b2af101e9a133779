using System.Collections.Concurrent;
using Newtonsoft.Json;

namespace CspMigration.Core.PartnerCenter.Json;

/// <summary>
/// The member names that have been read, each kept once: thousands of answers have the same few. Safe for several
/// threads, and bounded, because whoever answers chooses the names.
/// </summary>
internal sealed class MemberNames : JsonNameTable
{
    private const int Most = 1024;
    private const int Longest = 64;

    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <inheritdoc/>
    public override string? Get(char[] key, int start, int length)
    {
        if (length is 0 or > Longest)
        {
            return null;
        }

        var hash = HashOf(key, start, length);
        if (_names.TryGetValue(hash, out var known))
        {
            return IsSame(known, key, start, length) ? known : null;
        }

        var name = new string(key, start, length);
        if (_names.Count < Most)
        {
            _ = _names.TryAdd(hash, name);
        }

        return name;
    }

    private static int HashOf(char[] key, int start, int length)
    {
        var hash = 17;
        for (var i = start; i < start + length; i++)
        {
            hash = unchecked((hash * 31) + key[i]);
        }

        return hash;
    }

    private static bool IsSame(string known, char[] key, int start, int length)
    {
        if (known.Length != length)
        {
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            if (known[i] != key[start + i])
            {
                return false;
            }
        }

        return true;
    }
}
