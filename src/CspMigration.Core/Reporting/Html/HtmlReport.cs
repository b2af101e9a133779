using System;
using System.Globalization;
using System.IO;
using System.Text;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>The report as one page that needs nothing but itself: no script, no font, no style or picture from elsewhere.</summary>
internal static class HtmlReport
{
    // Even text that got past the encoding could load or run nothing.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static void Write(ReportContent content, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096, leaveOpen: true);
        text.Write(Render(content));
    }

    private static string Render(ReportContent content)
    {
        var html = new HtmlWriter();
        html.Raw("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", "en")))
        {
            WriteHead(html, content);
            using (html.Open("body"))
            using (html.Open("main"))
            {
                WriteHeader(html, content);
                SummarySection.Write(html, content);
                ProblemSection.Write(html, content);
                TimelineSection.Write(html, content);
                SeatSection.Write(html, content);
                TargetSection.Write(html, content);
                CustomerSection.Write(html, content);
                UserSection.Write(html, content);
                UndoSection.Write(html, content);
            }
        }

        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, ReportContent content)
    {
        using (html.Open("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
            html.Write("title", content.Title);

            // A browser would ask the server for one.
            html.Empty("link", ("rel", "icon"), ("href", "data:,"));
            using (html.Open("style"))
            {
                html.Raw(ReadStyle());
            }
        }
    }

    private static void WriteHeader(HtmlWriter html, ReportContent content)
    {
        using (html.Open("header"))
        {
            html.Write("h1", content.Title);
            var moment = content.CreatedOn.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            html.Write("p", $"As of {moment} UTC. All days end at midnight UTC.", ("class", "note"));
            if (content.IsPlan)
            {
                html.Write("p", "This is a plan: it shows what a migration would do. Nothing has been changed.", ("class", "plan"));
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
