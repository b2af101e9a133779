using System;

namespace CspMigration.PowerShell.Commands;

/// <summary>Reads the flags that come as text from saved objects: "True" from a CSV, True from JSON.</summary>
internal static class Flag
{
    public static bool IsSet(string? text) => string.Equals(text?.Trim(), bool.TrueString, StringComparison.OrdinalIgnoreCase);
}
