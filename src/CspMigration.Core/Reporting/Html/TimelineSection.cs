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
        using (Section.Open(html, html.Words[ReportText.WhenTermsEnd], html.Words[ReportText.WhenTermsEndNote]))
        using (html.Open("ol", ("class", "chart")))
        {
            foreach (var period in content.Timeline)
            {
                Write(html, period, most, content.IsPlan);
            }
        }
    }

    private static void Write(HtmlWriter html, ExpiryPeriod period, int most, bool isPlan)
    {
        var words = html.Words;
        var isDay = period.From == period.To;
        var when = isDay ? words.Date(period.From) : words.Format(ReportText.Period, words.Date(period.From), words.Date(period.To));
        using (html.Open("li"))
        {
            html.Write("span", when, ("class", "label figure"));
            Bar.Write(
                html,
                words.Format(isDay ? ReportText.TermsThatEndOn : ReportText.TermsThatEndFrom, when),
                most,
                [
                    new("done", words[isPlan ? ReportText.CanBeMigratedName : ReportText.MigratedName], period.Safe),
                    new("stopped", words[ReportText.AtRiskName], period.AtRisk),
                ]);
            html.Write("span", Describe(words, period, isPlan), ("class", period.AtRisk == 0 ? "value" : "value warn"));
        }
    }

    private static string Describe(Words words, ExpiryPeriod period, bool isPlan)
    {
        var safe = words.Format(isPlan ? ReportText.CanBeMigratedCount : ReportText.MigratedCount, words.Number(period.Safe));
        return period.AtRisk == 0 ? safe : words.Format(ReportText.AtRiskCount, words.Number(period.AtRisk), words.Seats(period.SeatsAtRisk), safe);
    }
}
