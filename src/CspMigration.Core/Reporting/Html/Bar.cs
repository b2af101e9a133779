using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Core.Reporting.Html;

/// <summary>
/// A bar as inline SVG. It holds no text to be seen, so that it may be stretched to any width; what it says is in its
/// title and description, and in words beside it.
/// </summary>
internal static class Bar
{
    private const double Width = 100;

    /// <param name="html">The page.</param>
    /// <param name="title">What the bar is of.</param>
    /// <param name="total">What the full width stands for.</param>
    /// <param name="parts">Its parts, from the left.</param>
    public static void Write(HtmlWriter html, string title, int total, IReadOnlyList<BarPart> parts)
    {
        var (titleId, descriptionId) = (html.NewId(), html.NewId());
        using (html.Open(
            "svg", ("class", "bar"), ("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-labelledby", $"{titleId} {descriptionId}")))
        {
            html.Write("title", title, ("id", titleId));
            html.Write("desc", Describe(html.Words, parts), ("id", descriptionId));
            html.Write("rect", null, ("class", "track"), ("width", "100"), ("height", "10"));
            var left = 0d;
            foreach (var part in parts.Where(part => part.Value > 0 && total > 0))
            {
                var width = Width * part.Value / total;
                html.Write("rect", null, ("class", part.Kind), ("x", Coordinate(left)), ("width", Coordinate(width)), ("height", "10"));
                left += width;
            }
        }
    }

    private static string Describe(Words words, IReadOnlyList<BarPart> parts)
    {
        var named = parts.Where(part => part.Value > 0).Select(part => words.Format(ReportText.Labeled, part.Name, words.Number(part.Value))).ToList();
        return named.Count == 0 ? words[ReportText.Nothing] : words.List(named);
    }

    private static string Coordinate(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
