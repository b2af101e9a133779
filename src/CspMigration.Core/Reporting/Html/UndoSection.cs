using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Until when each migration can be rolled back.</summary>
internal static class UndoSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.UndoDeadlines.Count == 0)
        {
            return;
        }

        var words = html.Words;
        Column<UndoDeadline>[] columns =
        [
            Column<UndoDeadline>.Text(words[ReportText.Customer], deadline => deadline.Customer),
            Column<UndoDeadline>.Text(words[ReportText.OldSubscriptions], deadline => words.List(deadline.Offers)),
            Column<UndoDeadline>.Figure(words[ReportText.CanBeUndoneUntil], deadline => words.Date(deadline.ReactivateBefore)),
            Column<UndoDeadline>.Figure(words[ReportText.DataGoneBy], deadline => words.DateOrNone(deadline.DataDeletedBy)),
        ];
        using (Section.Open(html, words[content.IsPlan ? ReportText.UndoDeadlinesOfPlan : ReportText.UndoDeadlines], words[ReportText.UndoDeadlinesNote]))
        {
            Table.Write(html, words.Deadlines(content.UndoDeadlines.Count), columns, content.UndoDeadlines);
        }
    }
}
