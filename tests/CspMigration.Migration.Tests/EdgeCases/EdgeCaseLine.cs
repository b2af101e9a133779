using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Migration.Tests.Support;
using Microsoft.VisualBasic.FileIO;

namespace CspMigration.Migration.Tests.EdgeCases;

/// <summary>A line of tests/EdgeCases.csv: what the rules say about one source; an empty cell is null.</summary>
internal sealed class EdgeCaseLine
{
    private readonly IReadOnlyDictionary<string, string> _cells;

    private EdgeCaseLine(IReadOnlyDictionary<string, string> cells) => _cells = cells;

    public static IReadOnlyList<EdgeCaseLine> All { get; } = Read();

    public string Customer => _cells["Customer"];

    public string? SourceOffer => Text("SourceOffer");

    public string? Verdict => Text("Verdict");

    public string? ErrorId => Text("ErrorId");

    /// <summary>One or more, any of which may come.</summary>
    public IReadOnlyList<string> Outcomes => Text("Outcome")?.Split(" or ") ?? [];

    public string? Commerce => Text("Commerce");

    public int? Quantity => Number("Quantity");

    /// <summary>Of the pool: users cannot be told apart by source.</summary>
    public int? Moved => Number("Moved");

    public int? Failed => Number("Failed");

    public int? Remaining => Number("Remaining");

    public string? Suspension => Text("Suspension");

    public string? FinalError => Text("FinalError");

    public bool IsFound => _cells["Discovery"].Split(" and ").Contains("Found");

    /// <summary>What discovery says beside, or in place of, the row.</summary>
    public IReadOnlyList<string> DiscoveryErrors => [.. _cells["Discovery"].Split(" and ").Where(word => word != "Found")];

    public override string ToString() => $"{Customer}: {SourceOffer}";

    private static List<EdgeCaseLine> Read()
    {
        using var parser = new TextFieldParser(Repository.PathOf("tests", "EdgeCases.csv")) { TextFieldType = FieldType.Delimited };
        parser.SetDelimiters(",");
        var names = parser.ReadFields()!;
        var lines = new List<EdgeCaseLine>();
        while (!parser.EndOfData)
        {
            var cells = parser.ReadFields()!;
            lines.Add(new EdgeCaseLine(names.Zip(cells, (name, cell) => (name, cell)).ToDictionary(pair => pair.name, pair => pair.cell, StringComparer.Ordinal)));
        }

        return lines;
    }

    private string? Text(string name) => _cells[name] is { Length: > 0 } text ? text : null;

    private int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
