using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>What somebody has to mend before the same line is run again.</summary>
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
        if (content.Problems.Count == 0)
        {
            return;
        }

        using (Section.Open(html, "Needs attention", "Running the same line again goes on where it stopped."))
        {
            Table.Write(html, Words.Count(content.Problems.Count, "subscription"), Columns, content.Problems);
        }
    }

    private static void WriteMessage(HtmlWriter html, Problem problem)
    {
        html.Text(problem.Message);
        html.Text(" ");
        html.Write("code", problem.ErrorId);
    }
}
