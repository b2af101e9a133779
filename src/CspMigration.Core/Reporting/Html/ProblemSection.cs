using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>What someone has to fix, and apart from it what continues when the same command is run again.</summary>
internal static class ProblemSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        Write(html, ReportText.NeedsAttention, ReportText.NeedsAttentionNote, [.. content.Problems.Where(problem => !problem.IsTransient)]);
        Write(html, ReportText.CanBeRunAgain, ReportText.CanBeRunAgainNote, [.. content.Problems.Where(problem => problem.IsTransient)]);
    }

    private static void Write(HtmlWriter html, ReportText title, ReportText note, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        var words = html.Words;
        Column<Problem>[] columns =
        [
            Column<Problem>.Text(words[ReportText.Customer], problem => problem.Customer),
            Column<Problem>.Text(words[ReportText.Subscription], problem => problem.Offer),
            Column<Problem>.Figure(words[ReportText.EndsOn], problem => words.DateOrNone(problem.EndsOn)),
            new(words[ReportText.WhatToDo], WriteProblem, "wide"),
        ];
        using (Section.Open(html, words[title], words[note]))
        {
            Table.Write(html, words.Subscriptions(problems.Count), columns, problems);
        }
    }

    private static void WriteProblem(HtmlWriter html, Problem problem)
    {
        using (html.Open("p"))
        {
            WriteCause(html, problem);
            html.Text(" ");
            html.Write("code", problem.ErrorId);
        }

        if (problem.Remedy is { } remedy)
        {
            AdviceText.Write(html, remedy);
        }
    }

    // What happened is told in full in English, the language of the errors; in another language by its id, with what the service said.
    private static void WriteCause(HtmlWriter html, Problem problem)
    {
        var words = html.Words.InGeneral;
        if (problem.Remedy is not null && words.IsEnglish)
        {
            AdviceText.WriteWithQuote(html, problem.Cause, problem.ServiceWords);
            return;
        }

        var cause = words.IsEnglish ? null : words.Causes.Find(problem.ErrorId);
        var quote = problem.Remedy is null ? problem.Message : problem.ServiceWords;
        html.Text(cause);
        if (!string.IsNullOrWhiteSpace(quote))
        {
            html.Text(cause is null ? "" : words.SentenceSeparator);
            AdviceText.WriteQuote(html, quote!);
        }
    }
}
