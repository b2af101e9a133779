using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Quickstart;

/// <summary>Writes rows in columns.</summary>
internal static class Table
{
    public static void Write<T>(string title, IReadOnlyCollection<T> rows, Func<T, object?[]> cells, params string[] headers)
    {
        List<string[]> lines = [headers, [.. headers.Select(header => new string('-', header.Length))]];
        lines.AddRange(rows.Select(row => cells(row).Select(cell => Convert.ToString(cell, CultureInfo.CurrentCulture) ?? "").ToArray()));
        var widths = Enumerable.Range(0, headers.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        Console.WriteLine(title);
        foreach (var line in lines)
        {
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        Console.WriteLine();
    }
}
