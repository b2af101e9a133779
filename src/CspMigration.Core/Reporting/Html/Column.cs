using System;

namespace CspMigration.Core.Reporting.Html;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Write">Writes a row's cell.</param>
/// <param name="Style">Its style; null for plain text.</param>
/// <param name="Total">What stands under it in the row of totals; null where nothing does.</param>
internal sealed record Column<T>(string Name, Action<HtmlWriter, T> Write, string? Style = null, string? Total = null)
{
    /// <summary>A column of text.</summary>
    public static Column<T> Text(string name, Func<T, string?> text) => new(name, (html, row) => html.Text(text(row)));

    /// <summary>A column of numbers or dates.</summary>
    public static Column<T> Figure(string name, Func<T, string?> text, string? total = null) => new(name, (html, row) => html.Text(text(row)), "figure", total);
}
