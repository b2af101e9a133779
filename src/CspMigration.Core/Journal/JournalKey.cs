using System;

namespace CspMigration.Core.Journal;

/// <summary>What an entry of the journal is about: something of a customer. The service does not keep to one casing of ids.</summary>
internal readonly struct JournalKey : IEquatable<JournalKey>
{
    private readonly string _customerId;
    private readonly string _source;

    // A journal that somebody has changed by hand may lack either.
    public JournalKey(string? customerId, string? source)
    {
        _customerId = customerId ?? "";
        _source = source ?? "";
    }

    public bool Equals(JournalKey other)
    {
        return string.Equals(_source, other._source, StringComparison.OrdinalIgnoreCase)
            && string.Equals(_customerId, other._customerId, StringComparison.OrdinalIgnoreCase);
    }

    public override bool Equals(object? obj) => obj is JournalKey other && Equals(other);

    // Ids of subscriptions differ from customer to customer by themselves.
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_source);
}
