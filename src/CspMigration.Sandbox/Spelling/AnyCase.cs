using System;

namespace CspMigration.Sandbox.Spelling;

/// <summary>Compares texts that mean the same in any casing: ids, property names, enumeration words.</summary>
internal static class AnyCase
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static bool AreEqual(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
