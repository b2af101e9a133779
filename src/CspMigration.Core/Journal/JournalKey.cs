using System;

namespace CspMigration.Core.Journal;

/// <summary>What an entry of the journal is about: something of a customer. The service does not keep to one casing of ids.</summary>
internal readonly struct JournalKey : IEquatable<JournalKey>
{
    // A journal that was changed by hand may lack either.
    public JournalKey(string? customerId, string? source)
    {
        CustomerId = customerId ?? "";
        Source = source ?? "";
    }

    public string CustomerId { get; }

    /// <summary>The id of a subscription, or what else the entry is about.</summary>
    public string Source { get; }

    public bool Equals(JournalKey other)
    {
        return string.Equals(Source, other.Source, StringComparison.OrdinalIgnoreCase)
            && string.Equals(CustomerId, other.CustomerId, StringComparison.OrdinalIgnoreCase);
    }

    public override bool Equals(object? obj) => obj is JournalKey other && Equals(other);

    // Both count: a name that many customers' purchases share would put all of them in one bucket.
    public override int GetHashCode()
    {
        return unchecked((StringComparer.OrdinalIgnoreCase.GetHashCode(CustomerId) * 397) ^ StringComparer.OrdinalIgnoreCase.GetHashCode(Source));
    }
}
