using System;
using System.Globalization;

namespace CspMigration.Core.Discovery;

/// <summary>
/// One of several parts of a partner's customers. Which part a customer belongs to depends on its id alone, so that it
/// stays the same on every machine and whatever customers come and go.
/// </summary>
public sealed class CustomerShard
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private CustomerShard(int number, int count)
    {
        Number = number;
        Count = count;
    }

    /// <summary>Which part, from 1.</summary>
    public int Number { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads "3/8": the third of eight.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CustomerShard Parse(string text)
    {
        var parts = (text ?? throw new ArgumentNullException(nameof(text))).Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && number >= 1
            && number <= count
                ? new CustomerShard(number, count)
                : throw new FormatException($"\"{text}\" is not a shard such as 3/8: the third of eight.");
    }

    /// <summary>Whether a customer is in this part.</summary>
    /// <param name="customerId">The customer's tenant id, in any case.</param>
    public bool Contains(string customerId)
    {
        // FNV-1a: the same on every platform, unlike a string's own hash code.
        var hash = OffsetBasis;
        foreach (var character in customerId.ToUpperInvariant())
        {
            hash = unchecked((hash ^ character) * Prime);
        }

        return (hash >> 32) % (ulong)Count == (ulong)Number - 1;
    }
}
