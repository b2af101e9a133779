using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CspMigration.Core.Reporting.Csv;

/// <summary>
/// Writes RFC 4180 lines that a spreadsheet shows as text: what it would take for a formula gets an apostrophe in front
/// (OWASP, "CSV Injection"), and no cell breaks its line.
/// </summary>
internal sealed class CsvWriter
{
    // Also as wide characters, which some spreadsheets take for the same.
    private const string FormulaStarts = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private readonly TextWriter _writer;

    public CsvWriter(TextWriter writer) => _writer = writer;

    public void Line(IEnumerable<string?> cells)
    {
        _writer.Write(string.Join(",", cells.Select(Cell)));
        _writer.Write("\r\n");
    }

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new string([.. text!.Select(character => char.IsControl(character) ? ' ' : character)]);
        var guarded = FormulaStarts.IndexOf(line.TrimStart().FirstOrDefault()) >= 0 ? "'" + line : line;
        return $"\"{guarded.Replace("\"", "\"\"")}\"";
    }
}
