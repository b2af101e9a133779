using System.Collections.Generic;
using System.Linq;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>Fits what a command prints to the width in which Get-Help shows it.</summary>
internal static class ConsoleText
{
    /// <summary>A console of 80 columns, of which Get-Help leaves the last one free, less its indent.</summary>
    public const int Width = 75;

    /// <summary>The text, in which tables that are too wide stand closer: blanks between their columns go, as far as all lines have them.</summary>
    public static string Narrow(string text) => string.Join("\n\n", text.Split("\n\n").Select(part => string.Join('\n', Narrow(part.Split('\n')))));

    private static IEnumerable<string> Narrow(string[] lines)
    {
        var width = lines.Max(line => line.Length);
        if (width <= Width)
        {
            return lines;
        }

        var blank = Enumerable.Range(0, width).Select(column => lines.All(line => column >= line.Length || line[column] == ' ')).ToList();
        var kept = Enumerable.Range(0, width).Where(column => column == 0 || !blank[column] || !blank[column - 1]).ToList();
        return lines.Select(line => string.Concat(kept.Where(column => column < line.Length).Select(column => line[column])));
    }
}
