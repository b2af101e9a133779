using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>When terms end, and what is still at risk then.</summary>
internal static class TimelineSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Timeline.Count == 0)
        {
            return;
        }

        var most = content.Timeline.Max(period => period.Safe + period.AtRisk);
        using (Section.Open(html, "When terms end", "A subscription that is not migrated when its term ends stops working for its users, or renews into a retired product."))
        using (html.Open("ol", ("class", "chart")))
        {
            foreach (var period in content.Timeline)
            {
                Write(html, period, most, content.IsPlan ? "can be migrated" : "migrated");
            }
        }
    }

    private static void Write(HtmlWriter html, ExpiryPeriod period, int most, string safe)
    {
        var when = period.From == period.To ? Words.Date(period.From) : $"{Words.Date(period.From)} to {Words.Date(period.To)}";
        using (html.Open("li"))
        {
            html.Write("span", when, ("class", "label figure"));
            Bar.Write(
                html,
                $"Terms that end {(period.From == period.To ? "on" : "from")} {when}",
                most,
                [new("done", safe, period.Safe), new("stopped", "at risk", period.AtRisk)]);
            html.Write("span", Describe(period, safe), ("class", period.AtRisk == 0 ? "value" : "value warn"));
        }
    }

    private static string Describe(ExpiryPeriod period, string safe)
    {
        return period.AtRisk == 0
            ? $"{Words.Number(period.Safe)} {safe}"
            : $"{Words.Number(period.AtRisk)} at risk with {Words.Count(period.SeatsAtRisk, "seat")}, {Words.Number(period.Safe)} {safe}";
    }
}
