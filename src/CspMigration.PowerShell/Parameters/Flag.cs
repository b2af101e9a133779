using System;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Reads the flags that come as text from saved objects: "True" from a CSV, True from JSON.</summary>
internal static class Flag
{
    /// <summary>Whether it says yes.</summary>
    public static bool IsSet(string? text) => Is(text, bool.TrueString);

    /// <summary>
    /// Whether a record is a planned one: anything but a clear no says so. A spreadsheet translates what it saves, and
    /// "WAHR" must not turn a plan into a purchase.
    /// </summary>
    public static bool IsPlan(string? text) => !string.IsNullOrWhiteSpace(text) && !Is(text, bool.FalseString);

    private static bool Is(string? text, string word) => string.Equals(text?.Trim(), word, StringComparison.OrdinalIgnoreCase);
}
