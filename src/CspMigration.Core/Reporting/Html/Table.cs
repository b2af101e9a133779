using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Reporting.Html;

/// <summary>
/// A table; on a narrow screen each row becomes a card, its cells named by their columns. The roles keep it a table for
/// screen readers then. Where there are several rows and a column has a total, a row of totals ends it.
/// </summary>
internal static class Table
{
    /// <param name="html">The page.</param>
    /// <param name="caption">What it lists.</param>
    /// <param name="columns">Its columns; the first names the row.</param>
    /// <param name="rows">Its rows.</param>
    public static void Write<T>(HtmlWriter html, string caption, IReadOnlyList<Column<T>> columns, IReadOnlyCollection<T> rows)
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
                    Row(html, columns, column => column.Write(html, row));
                }
            }

            if (rows.Count > 1 && columns.Any(column => column.Total is not null))
            {
                using (html.Open("tfoot", ("role", "rowgroup")))
                {
                    Row(html, columns, column => html.Text(column == columns[0] ? html.Words[ReportText.Total] : column.Total));
                }
            }
        }
    }

    private static void Row<T>(HtmlWriter html, IReadOnlyList<Column<T>> columns, Action<Column<T>> write)
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
                    write(column);
                }
            }
        }
    }
}
