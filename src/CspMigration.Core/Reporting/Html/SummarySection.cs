using System;
using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>The figures that matter most.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        using (Section.Open(html, html.Words[ReportText.Summary]))
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
        var words = html.Words;
        var progress = content.Progress;
        Figure(
            html,
            content.IsPlan ? ReportText.CanBeMigrated : ReportText.Completed,
            words.Format(ReportText.PartOfTotal, words.Number(progress.Completed), words.Number(progress.Total)),
            words.Format(ReportText.SubscriptionsOfCustomers, words.Customers(content.Customers.Count)));
        Figure(html, ReportText.SeatsOfTargets, words.Number(content.Seats.After), words.Format(ReportText.ForSeatsOfSources, words.Number(content.Seats.Before)));
        WriteUsers(html, content);
        WriteOverlap(html, content);
        Figure(
            html,
            content.IsPlan ? ReportText.LeftAtRisk : ReportText.AtRisk,
            words.Number(progress.AtRisk),
            words[progress.AtRisk == 0 ? content.IsPlan ? ReportText.OncePlanIsDone : ReportText.EverythingMigrated : content.NextAtRisk is null ? ReportText.WithoutKnownEnd : ReportText.FirstEndsOn],
            content.NextAtRisk,
            style: progress.AtRisk > 0 ? "warn" : null);
        if (content.UndoDeadlines.FirstOrDefault() is { } deadline)
        {
            Figure(
                html,
                ReportText.CanBeUndoneUntil,
                words.Date(deadline.ReactivateBefore),
                content.IsPlan ? words[ReportText.IfDoneToday] : content.UndoDeadlines.Count == 1 ? "" : words[ReportText.FirstDeadline]);
        }
    }

    private static void WriteUsers(HtmlWriter html, ReportContent content)
    {
        var words = html.Words;
        var left = content.UsersLeftInAll ?? 0;
        var isCounted = content.Customers.All(customer => customer.UsersLeft is not null);
        Figure(
            html,
            content.IsPlan ? ReportText.UsersToMove : ReportText.UsersMoved,
            words.Number(content.UsersMoved),
            left > 0 ? words.Format(ReportText.StillOnOldLicense, words.Number(left)) : words[isCounted ? ReportText.NobodyLeft : ReportText.OthersToMove],
            style: left > 0 ? "hint" : null);
    }

    private static void WriteOverlap(HtmlWriter html, ReportContent content)
    {
        if (!content.HasTargets)
        {
            return;
        }

        var words = html.Words;
        var unknown = content.SeatsOfUnknownOverlap;
        Figure(
            html,
            ReportText.BilledTwice,
            words.NumberOrNone(content.SeatDays),
            unknown > 0 ? words.Format(ReportText.SeatDaysUnknown, words.Seats(unknown)) : words[ReportText.SeatDaysOfBoth]);
    }

    private static void Figure(HtmlWriter html, ReportText name, string value, string remark, DateTimeOffset? date = null, string? style = null)
    {
        using (html.Open("div", ("class", style)))
        {
            html.Write("dt", html.Words[name]);
            using (html.Open("dd"))
            {
                html.Write("strong", value);
                using (html.Open("span"))
                {
                    html.Text($"{remark} ");
                    if (date is { } day)
                    {
                        html.Write("time", html.Words.Date(day));
                    }
                }
            }
        }
    }

    private static void WriteProgress(HtmlWriter html, ReportContent content)
    {
        var words = html.Words;
        var parts = ProgressParts.Of(words, content.Progress, content.IsPlan);
        using (html.Open("div", ("class", "overall")))
        {
            Bar.Write(html, words[ReportText.ProgressOfAll], content.Progress.Total, parts);
        }

        using (html.Open("ul", ("class", "legend")))
        {
            foreach (var part in parts.Where(part => part.Value > 0))
            {
                using (html.Open("li", ("class", part.Kind)))
                {
                    html.Text($"{part.Name} ");
                    html.Write("b", words.Number(part.Value));
                }
            }
        }
    }
}
