using System;
using System.Threading;

namespace CspMigration.PartnerCenter.Http;

/// <summary>
/// Ids of calls that are told apart by them: random once a process, then counted, because fresh randomness for each of
/// thousands of calls takes as long as reading their answers' heads.
/// </summary>
internal static class RequestIds
{
    private static readonly byte[] First = Guid.NewGuid().ToByteArray();
    private static long _count = BitConverter.ToInt64(Guid.NewGuid().ToByteArray(), 0);

    /// <summary>An id nobody else has: 74 random bits of this process, and 48 bits that count its calls.</summary>
    public static Guid Next()
    {
        var count = Interlocked.Increment(ref _count);
        return new Guid(
            BitConverter.ToInt32(First, 0),
            BitConverter.ToInt16(First, 4),
            BitConverter.ToInt16(First, 6),
            First[8],
            First[9],
            (byte)(count >> 40),
            (byte)(count >> 32),
            (byte)(count >> 24),
            (byte)(count >> 16),
            (byte)(count >> 8),
            (byte)count);
    }
}
