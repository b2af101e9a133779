using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>What somebody has to mend, and apart from it what goes on when the same line is run again.</summary>
internal static class ProblemSection
{
    private static readonly Column<Problem>[] Columns =
    [
        Column<Problem>.Text("Customer", problem => problem.Customer),
        Column<Problem>.Text("Subscription", problem => problem.Offer),
        Column<Problem>.Figure("Ends on", problem => Words.DateOrNone(problem.EndsOn)),
        new("What to do", WriteMessage, "wide"),
    ];

    public static void Write(HtmlWriter html, ReportContent content)
    {
        Write(html, "Needs attention", "The same command again will stop here again until the action below is taken.", [.. content.Problems.Where(problem => !problem.IsTransient)]);
        Write(html, "Can be run again", "The same command again, later, continues where it stopped: nothing has to be fixed.", [.. content.Problems.Where(problem => problem.IsTransient)]);
    }

    private static void Write(HtmlWriter html, string title, string text, IReadOnlyList<Problem> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        using (Section.Open(html, title, text))
        {
            Table.Write(html, Words.Count(problems.Count, "subscription"), Columns, problems);
        }
    }

    private static void WriteMessage(HtmlWriter html, Problem problem)
    {
        html.Text(problem.Message);
        html.Text(" ");
        html.Write("code", problem.ErrorId);
    }
}
