using System;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Html;

/// <summary>How the page shows what to do: a sentence, and below it each command in a block of its own, to be copied whole.</summary>
internal static class AdviceText
{
    // Names of cmdlets, and of parameters with a value that is a word.
    private static readonly Regex Code = new(@"(?<![\w-])(?:[A-Z][a-z]+-[A-Z][A-Za-z]+|-[A-Z][A-Za-z]+(?: [A-Z][a-z]+[A-Za-z]*)?)(?![\w-])", RegexOptions.CultureInvariant);

    /// <summary>A remedy.</summary>
    public static void Write(HtmlWriter html, Remedy remedy)
    {
        var advice = RemedyAdvice.Of(remedy, html.Words.InGeneral);
        if (advice.Sentence.Length > 0)
        {
            using (html.Open("p", ("class", "action")))
            {
                WriteParts(html, advice.Sentence, "code");
            }
        }

        foreach (var command in advice.Commands)
        {
            // A line breaks in no name.
            using (html.Open("pre"))
            using (html.Open("code"))
            {
                WriteParts(html, command, "span");
            }
        }
    }

    /// <summary>The words of another administrator, in English: the service's, or of a journal that has no more.</summary>
    public static void WriteQuote(HtmlWriter html, string words) => html.Inline("q", words, ("lang", ReportLanguage.English.Tag));

    /// <summary>A text of ours with the service's words in it, which are marked.</summary>
    public static void WriteWithQuote(HtmlWriter html, string text, string? words)
    {
        var quoted = words?.Trim().TrimEnd('.') ?? "";
        var at = quoted.Length == 0 ? -1 : text.IndexOf(quoted, StringComparison.Ordinal);
        if (at < 0)
        {
            html.Text(text);
            return;
        }

        html.Text(text.Substring(0, at));
        WriteQuote(html, quoted);
        html.Text(text.Substring(at + quoted.Length));
    }

    private static void WriteParts(HtmlWriter html, string text, string element)
    {
        var at = 0;
        foreach (Match code in Code.Matches(text))
        {
            html.Text(text.Substring(at, code.Index - at));
            html.Inline(element, code.Value);
            at = code.Index + code.Length;
        }

        html.Text(text.Substring(at));
    }
}
