using System;
using System.IO;
using System.Text;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Html;

/// <summary>The report as one page that needs nothing but itself: no script, no font, no style or picture from elsewhere.</summary>
internal static class HtmlReport
{
    // Even text that got past the encoding could load or run nothing.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static void Write(ReportContent content, ReportLanguage language, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096, leaveOpen: true);
        text.Write(Render(content, language));
    }

    private static string Render(ReportContent content, ReportLanguage language)
    {
        var html = new HtmlWriter(new Words(language));
        html.Raw("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", language.Tag)))
        {
            var title = content.Title ?? html.Words[ReportText.DefaultTitle];
            WriteHead(html, title);
            using (html.Open("body"))
            using (html.Open("main"))
            {
                WriteHeader(html, title, content);
                SummarySection.Write(html, content);
                ProblemSection.Write(html, content);
                TimelineSection.Write(html, content);
                SeatSection.Write(html, content);
                CustomerSection.Write(html, content);
                SubscriptionSection.Write(html, content);
                UserSection.Write(html, content);
                UndoSection.Write(html, content);
            }
        }

        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, string title)
    {
        using (html.Open("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
            html.Write("title", title);

            // A browser would ask the server for one.
            html.Empty("link", ("rel", "icon"), ("href", "data:,"));
            using (html.Open("style"))
            {
                html.Raw(ReadStyle());
            }
        }
    }

    private static void WriteHeader(HtmlWriter html, string title, ReportContent content)
    {
        using (html.Open("header"))
        {
            html.Write("h1", title);
            html.Write("p", html.Words.Format(ReportText.AsOf, html.Words.InGeneral.Moment(content.CreatedOn)), ("class", "note"));
            if (content.IsPlan)
            {
                html.Write("p", html.Words[ReportText.PlanNote], ("class", "plan"));
            }
        }
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Report.css") ?? throw new InvalidOperationException("The style is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
