using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Until when each migration can be rolled back.</summary>
internal static class UndoSection
{
    private static readonly Column<UndoDeadline>[] Columns =
    [
        Column<UndoDeadline>.Text("Customer", deadline => deadline.Customer),
        Column<UndoDeadline>.Text("Old subscriptions", deadline => deadline.Offers),
        Column<UndoDeadline>.Figure("Can be undone until", deadline => Words.Date(deadline.ReactivateBefore)),
        Column<UndoDeadline>.Figure("Data gone by", deadline => Words.DateOrNone(deadline.DataDeletedBy)),
    ];

    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.UndoDeadlines.Count == 0)
        {
            return;
        }

        using (Section.Open(
            html,
            content.IsPlan ? "Undo deadlines, if the plan is carried out today" : "Undo deadlines",
            "Until then the source can be made active again and the licenses moved back. Afterwards its data is deleted, at the latest on the day named last."))
        {
            Table.Write(html, Words.Count(content.UndoDeadlines.Count, "deadline"), Columns, content.UndoDeadlines);
        }
    }
}
