using System;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Json;

/// <summary>
/// The member names that have been read, each kept once: thousands of answers have the same few. Safe for several
/// threads, and bounded, because whoever answers chooses the names.
/// </summary>
internal sealed class MemberNames : JsonNameTable
{
    private const int Slots = 2048;
    private const int Longest = 64;

    // A slot is written whole; of two threads that write one at once the later wins, and the other's name is read anew.
    private readonly string?[] _names = new string?[Slots];

    /// <inheritdoc/>
    public override string? Get(char[] key, int start, int length)
    {
        if (length is 0 or > Longest)
        {
            return null;
        }

        var name = new ReadOnlySpan<char>(key, start, length);
        ref var slot = ref _names[SlotOf(name)];
        return slot is { } known && name.SequenceEqual(known.AsSpan()) ? known : slot = AsWeWriteIt(name.ToString());
    }

    // The very text that the code asks for is found without a look at its letters.
    private static string AsWeWriteIt(string name) => string.IsInterned(name) ?? name;

    // Length and a few letters tell the service's names apart; to weigh each letter of each name would take longer.
    private static int SlotOf(ReadOnlySpan<char> name)
    {
        var last = name.Length - 1;
        var hash = (((((name.Length * 31) + name[0]) * 31) + name[last / 3]) * 31) + name[last * 2 / 3];
        return ((hash * 31) + name[last]) & (Slots - 1);
    }
}
