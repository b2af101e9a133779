using System;

namespace CspMigration.Core.Journal;

/// <summary>What an entry of the journal is about: something of a customer, in whatever casing.</summary>
internal readonly struct JournalKey : IEquatable<JournalKey>
{
    // A journal that was changed by hand may lack either.
    public JournalKey(CustomerId? customerId, string? about)
    {
        CustomerId = customerId;
        About = about ?? "";
    }

    public CustomerId? CustomerId { get; }

    /// <summary>The key of a source, or what else the entry is about.</summary>
    public string About { get; }

    public bool Equals(JournalKey other)
    {
        return string.Equals(About, other.About, StringComparison.OrdinalIgnoreCase) && Nullable.Equals(CustomerId, other.CustomerId);
    }

    public override bool Equals(object? obj) => obj is JournalKey other && Equals(other);

    // Both count: a name that many customers' purchases share would put all of them in one bucket.
    public override int GetHashCode()
    {
        return unchecked(((CustomerId?.GetHashCode() ?? 0) * 397) ^ StringComparer.OrdinalIgnoreCase.GetHashCode(About));
    }
}
