using System;

namespace CspMigration.Sandbox.Spelling;

/// <summary>Ids, names of properties and enum words mean the same in any casing.</summary>
internal static class AnyCase
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static bool AreEqual(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
