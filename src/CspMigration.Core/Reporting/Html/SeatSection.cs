using System;
using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Seats of each product, before and after.</summary>
internal static class SeatSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Products.Count == 0)
        {
            return;
        }

        var most = content.Products.Max(product => Math.Max(product.Seats.Before, product.Seats.After));
        using (Section.Open(html, "Seats before and after"))
        using (html.Open("ol", ("class", "products")))
        {
            foreach (var product in content.Products)
            {
                Write(html, product, most, content.IsPlan);
            }
        }
    }

    private static void Write(HtmlWriter html, ProductChange product, int most, bool isPlan)
    {
        using (html.Open("li"))
        {
            using (html.Open("p"))
            {
                html.Write("b", product.From);
                WriteSuccessors(html, product);
                html.Write("span", $" {Words.Count(product.Subscriptions, "subscription")}", ("class", "note"));
            }

            Line(html, "Before", "waiting", product.Seats.Before);
            Line(html, isPlan ? "Planned" : "After", "done", product.Seats.After);
        }

        void Line(HtmlWriter page, string when, string kind, int seats)
        {
            using (page.Open("div", ("class", "line")))
            {
                page.Write("span", when, ("class", "label"));
                Bar.Write(page, $"{when}: seats of {(kind == "done" ? "what succeeds " : "")}{product.From}", most, [new(kind, "Seats", seats)]);
                page.Write("span", Words.Number(seats), ("class", "value figure"));
            }
        }
    }

    private static void WriteSuccessors(HtmlWriter html, ProductChange product)
    {
        if (product.To.Count == 0)
        {
            html.Write("span", " without a target so far,", ("class", "note"));
        }

        for (var i = 0; i < product.To.Count; i++)
        {
            html.Write("span", i == 0 ? " to " : " or ", ("class", "note"));
            html.Write("b", product.To[i]);
        }
    }
}
