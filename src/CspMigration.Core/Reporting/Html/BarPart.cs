namespace CspMigration.Core.Reporting.Html;

/// <summary>One part of a bar.</summary>
/// <param name="Kind">The style: <c>done</c>, <c>begun</c>, <c>stopped</c>, <c>back</c>, <c>waiting</c>.</param>
/// <param name="Name">What it counts.</param>
/// <param name="Value">How many.</param>
internal sealed record BarPart(string Kind, string Name, int Value);
