using System.Collections.Generic;

namespace CspMigration.Core.Reporting.Html;

/// <summary>
/// A table; on a narrow screen each row becomes a card, its cells named by their columns. The roles keep it a table for
/// screen readers then.
/// </summary>
internal static class Table
{
    /// <param name="html">The page.</param>
    /// <param name="caption">What it lists.</param>
    /// <param name="columns">Its columns; the first names the row.</param>
    /// <param name="rows">Its rows.</param>
    public static void Write<T>(HtmlWriter html, string caption, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        using (html.Open("table", ("role", "table")))
        {
            html.Write("caption", caption);
            using (html.Open("thead", ("role", "rowgroup")))
            using (html.Open("tr", ("role", "row")))
            {
                foreach (var column in columns)
                {
                    html.Write("th", column.Name, ("scope", "col"), ("role", "columnheader"), ("class", column.Style));
                }
            }

            using (html.Open("tbody", ("role", "rowgroup")))
            {
                foreach (var row in rows)
                {
                    Row(html, columns, row);
                }
            }
        }
    }

    private static void Row<T>(HtmlWriter html, IReadOnlyList<Column<T>> columns, T row)
    {
        using (html.Open("tr", ("role", "row")))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                var column = columns[i];
                var isFirst = i == 0;
                using (html.Open(
                    isFirst ? "th" : "td", ("scope", isFirst ? "row" : null), ("role", isFirst ? "rowheader" : "cell"), ("class", column.Style), ("data-label", column.Name)))
                {
                    column.Write(html, row);
                }
            }
        }
    }
}
