using System.Collections.Concurrent;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Json;

/// <summary>Lends the JSON reader its buffers; a few of the usual size are kept.</summary>
internal sealed class CharPool : IArrayPool<char>
{
    private const int Kept = 64;
    private const int UsualLength = 4096;

    private readonly ConcurrentBag<char[]> _buffers = [];

    /// <inheritdoc/>
    public char[] Rent(int minimumLength)
    {
        return minimumLength > UsualLength ? new char[minimumLength]
            : _buffers.TryTake(out var buffer) ? buffer
            : new char[UsualLength];
    }

    /// <inheritdoc/>
    public void Return(char[]? array)
    {
        if (array?.Length == UsualLength && _buffers.Count < Kept)
        {
            _buffers.Add(array);
        }
    }
}
