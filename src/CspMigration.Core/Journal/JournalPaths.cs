using System;
using System.IO;

namespace CspMigration.Core.Journal;

/// <summary>When two spellings of a path mean one journal.</summary>
public static class JournalPaths
{
    /// <summary>Compares full paths as this system does: Windows takes no notice of the case.</summary>
    public static StringComparer Comparer { get; } = ComparerOf(Path.DirectorySeparatorChar);

    internal static StringComparer ComparerOf(char separator) => separator == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
