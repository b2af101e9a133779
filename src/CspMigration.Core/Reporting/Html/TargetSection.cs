using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>What replaces the sources, how it is obtained, and for how long both are billed.</summary>
internal static class TargetSection
{
    private static readonly Column<TargetGroup>[] Columns =
    [
        Column<TargetGroup>.Text("Customer", target => target.Customer),
        Column<TargetGroup>.Text("Source", target => target.From),
        Column<TargetGroup>.Text("Target", target => target.To),
        Column<TargetGroup>.Text("Method", target => target.Method.ToString()),
        Column<TargetGroup>.Figure("Source seats", target => Words.Number(target.SourceSeats)),
        Column<TargetGroup>.Figure("Overlap (days)", target => target.OverlapDays is { } days ? Words.Number(days) : Words.None),
        Column<TargetGroup>.Figure("Seat-days", target => target.SeatDays is { } days ? Words.Number(days) : Words.None),
    ];

    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Targets.Count == 0)
        {
            return;
        }

        using (Section.Open(
            html,
            content.IsPlan ? "Planned targets" : "Targets",
            $"Overlap: the days for which source and target are both billed; {Words.None} where it is not known. Seat-days: these days times the seats that are billed twice."))
        {
            Table.Write(html, Words.Count(content.Migrations.Count(migration => migration.Successor is not null), "migration"), Columns, content.Targets);
        }
    }
}
