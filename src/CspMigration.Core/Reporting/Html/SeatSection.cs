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
        using (Section.Open(html, html.Words[ReportText.SeatsBeforeAndAfter]))
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
        var words = html.Words;
        using (html.Open("li"))
        {
            using (html.Open("p"))
            {
                html.Write("b", product.From);
                WriteTargets(html, product);
                html.Write("span", $" {words.Subscriptions(product.Subscriptions)}", ("class", "note"));
            }

            Line(words[ReportText.Before], ReportText.SeatsOfSource, "waiting", product.Seats.Before);
            Line(words[isPlan ? ReportText.Planned : ReportText.After], ReportText.SeatsOfTarget, "done", product.Seats.After);
        }

        void Line(string when, ReportText title, string kind, int seats)
        {
            using (html.Open("div", ("class", "line")))
            {
                html.Write("span", when, ("class", "label"));
                Bar.Write(html, words.Format(title, when, product.From), most, [new(kind, words[ReportText.Seats], seats)]);
                html.Write("span", words.Number(seats), ("class", "value figure"));
            }
        }
    }

    private static void WriteTargets(HtmlWriter html, ProductChange product)
    {
        if (product.To.Count == 0)
        {
            html.Write("span", html.Words[ReportText.WithoutTarget], ("class", "note"));
        }

        for (var i = 0; i < product.To.Count; i++)
        {
            html.Write("span", html.Words[i == 0 ? ReportText.ToTarget : ReportText.OrTarget], ("class", "note"));
            html.Write("b", product.To[i]);
        }
    }
}
