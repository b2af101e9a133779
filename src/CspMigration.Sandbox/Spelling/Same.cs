using System;

namespace CspMigration.Sandbox.Spelling;

/// <summary>Ids, names of properties and enum words mean the same in any casing.</summary>
internal static class Same
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static bool Text(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
