using System;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>Words of the service that are no ids: billing cycles, terms, segments, part numbers. It does not keep to one casing.</summary>
internal static class ServiceWord
{
    /// <summary>Whether a word is another; one that is not known is not.</summary>
    public static bool Is(string? word, string? other)
    {
        return word is not null && string.Equals(word, other, StringComparison.OrdinalIgnoreCase);
    }
}
