using System.Globalization;

namespace CspMigration.Benchmarks;

/// <summary>One figure of one run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit; empty for a ratio.</param>
internal sealed record Measure(string Name, double Value, string Unit = "")
{
    /// <summary>The least the figure is wanted to be; null where there is no such wish.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The most the figure is wanted to be; null where there is no such wish.</summary>
    public double? AtMost { get; init; }

    public string Wanted => AtLeast is { } least ? $"at least {Text(least)}" : AtMost is { } most ? $"at most {Text(most)}" : "";

    public bool IsMetBy(double value) => !(value < AtLeast) && !(value > AtMost);

    public static string Text(double value) => value.ToString(value is >= 100 or <= -100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
