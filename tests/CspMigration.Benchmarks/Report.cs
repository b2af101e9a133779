using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>Runs benchmarks and shows the medians of their figures: a table, and a JSON file in <c>out/Benchmarks</c>.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Whether every wish was met.</summary>
    public static async Task<bool> RunAsync(string name, IReadOnlyList<Benchmark> parts, int runs, bool isQuick)
    {
        var rows = new List<Row>();
        foreach (var part in parts)
        {
            if (part.Obstacle is { } obstacle)
            {
                Console.WriteLine($"{name}: not run: {obstacle}");
                continue;
            }

            var measured = new List<IReadOnlyList<Measure>>();
            var progress = new Progress(name);
            var count = runs > 0 ? runs : isQuick ? part.QuickRuns : part.Runs;
            for (var run = 1; run <= count; run++)
            {
                progress.Run = $", run {run} of {count}";
                measured.Add(await part.RunAsync(isQuick, progress));
            }

            rows.AddRange(measured[0].Select((measure, index) => new Row(measure, [.. measured.Select(run => run[index].Value)])));
        }

        Print(isQuick ? $"{name} (quick)" : name, parts[0].Description, rows);
        await SaveAsync(isQuick ? $"{name}.quick" : name, rows);
        return rows.TrueForAll(row => row.IsMet);
    }

    private static void Print(string name, string description, List<Row> rows)
    {
        Console.WriteLine();
        Console.WriteLine($"{name}: {description}");
        Console.WriteLine($"  {"",-58} {"median",12} {"least",12} {"most",12}");
        foreach (var row in rows)
        {
            var wish = row.Measure.Wanted.Length == 0 ? "" : $"  {row.Measure.Wanted}: {(row.IsMet ? "met" : "MISSED")}";
            var label = row.Measure.Unit.Length == 0 ? row.Measure.Name : $"{row.Measure.Name} [{row.Measure.Unit}]";
            Console.WriteLine($"  {label,-58} {Measure.Text(row.Median),12} {Measure.Text(row.Values.Min()),12} {Measure.Text(row.Values.Max()),12}{wish}");
        }
    }

    private static async Task SaveAsync(string name, List<Row> rows)
    {
        var folder = Path.Combine(Places.Repository, "out", "Benchmarks");
        _ = Directory.CreateDirectory(folder);
        var report = new
        {
            Benchmark = name,
            At = DateTimeOffset.UtcNow,
            Environment.ProcessorCount,
            Measures = rows.Select(row => new { row.Measure.Name, row.Measure.Unit, row.Median, row.Values, row.Measure.Wanted, row.IsMet }),
        };
        await using var file = File.Create(Path.Combine(folder, name + ".json"));
        await JsonSerializer.SerializeAsync(file, report, Format);
    }

    private sealed record Row(Measure Measure, IReadOnlyList<double> Values)
    {
        public double Median
        {
            get
            {
                var sorted = Values.Order().ToList();
                var middle = sorted.Count / 2;
                return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            }
        }

        public bool IsMet => Measure.IsMetBy(Median);
    }
}
