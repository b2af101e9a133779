using System;
using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>The figures that matter most.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        using (Section.Open(html, "Summary"))
        {
            using (html.Open("dl", ("class", "figures")))
            {
                WriteFigures(html, content);
            }

            WriteProgress(html, content);
        }
    }

    private static void WriteFigures(HtmlWriter html, ReportContent content)
    {
        var progress = content.Progress;
        Figure(
            html,
            content.IsPlan ? "Can be migrated" : "Completed",
            $"{Words.Number(progress.Completed)} of {Words.Number(progress.Total)}",
            $"subscriptions of {Words.Count(content.Customers.Count, "customer")}");
        Figure(html, "Seats of the targets", Words.Number(content.Seats.After), $"for {Words.Number(content.Seats.Before)} of the sources");
        WriteUsers(html, content);
        WriteOverlap(html, content);
        Figure(
            html,
            content.IsPlan ? "Left at risk" : "At risk",
            Words.Number(progress.AtRisk),
            progress.AtRisk == 0 ? content.IsPlan ? "once the plan is carried out" : "everything that ends is migrated" : content.NextAtRisk is null ? "without a known end of term" : "the first of them ends on",
            content.NextAtRisk,
            style: progress.AtRisk > 0 ? "warn" : null);
        if (content.UndoDeadlines.FirstOrDefault() is { } deadline)
        {
            Figure(html, "Can be undone until", Words.Date(deadline.ReactivateBefore), content.IsPlan ? "if it is carried out today" : content.UndoDeadlines.Count == 1 ? "" : "the first of them; the others are listed below");
        }
    }

    private static void WriteUsers(HtmlWriter html, ReportContent content)
    {
        var left = content.Customers.Sum(customer => customer.UsersLeft ?? 0);
        var isCounted = content.Customers.All(customer => customer.UsersLeft is not null);
        Figure(
            html,
            content.IsPlan ? "Users to move" : "Users moved",
            Words.Number(content.UsersMoved),
            left > 0 ? $"{Words.Number(left)} still on an old license" : isCounted ? "nobody is left behind" : "others have yet to be moved",
            style: left > 0 ? "hint" : null);
    }

    private static void WriteOverlap(HtmlWriter html, ReportContent content)
    {
        if (content.Targets.Count == 0)
        {
            return;
        }

        var unknown = content.Targets.Where(target => target.SeatDays is null).Sum(target => target.SourceSeats);
        var isKnown = content.Targets.Any(target => target.SeatDays is not null);
        Figure(
            html,
            "Billed twice",
            isKnown ? Words.Number(content.SeatDays) : Words.None,
            unknown > 0 ? $"seat-days; not known for {Words.Count(unknown, "seat")}" : "seat-days of source and target");
    }

    private static void Figure(HtmlWriter html, string name, string value, string remark, DateTimeOffset? date = null, string? style = null)
    {
        using (html.Open("div", ("class", style)))
        {
            html.Write("dt", name);
            using (html.Open("dd"))
            {
                html.Write("strong", value);
                using (html.Open("span"))
                {
                    html.Text($"{remark} ");
                    if (date is { } day)
                    {
                        html.Write("time", Words.Date(day));
                    }
                }
            }
        }
    }

    private static void WriteProgress(HtmlWriter html, ReportContent content)
    {
        var parts = ProgressParts.Of(content.Progress, content.IsPlan);
        using (html.Open("div", ("class", "overall")))
        {
            Bar.Write(html, "Progress of all subscriptions", content.Progress.Total, parts);
        }

        using (html.Open("ul", ("class", "legend")))
        {
            foreach (var part in parts.Where(part => part.Value > 0))
            {
                using (html.Open("li", ("class", part.Kind)))
                {
                    html.Text($"{part.Name} ");
                    html.Write("b", Words.Number(part.Value));
                }
            }
        }
    }
}
