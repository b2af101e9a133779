using System;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Html;

/// <summary>How the page shows what to do: a sentence, and below it each command in a block of its own, to be copied whole.</summary>
internal static class AdviceText
{
    // Names of cmdlets and parameters; and of errors, which stand in sentences as well.
    private static readonly Regex Code = new(@"(?<![\w-])(?:[A-Z][a-z]+-[A-Z][A-Za-z]+|-[A-Z][A-Za-z]+)(?![\w-])", RegexOptions.CultureInvariant);

    /// <summary>A remedy.</summary>
    public static void Write(HtmlWriter html, Remedy remedy)
    {
        var advice = RemedyAdvice.Of(remedy, html.Words.InGeneral);
        if (advice.Sentence.Length > 0)
        {
            using (html.Open("p", ("class", "action")))
            {
                WriteSentence(html, advice.Sentence);
            }
        }

        foreach (var command in advice.Commands)
        {
            using (html.Open("pre"))
            {
                html.Write("code", command);
            }
        }
    }

    /// <summary>The words of somebody else, in English: the service's, or of a journal that has no more.</summary>
    public static void WriteQuote(HtmlWriter html, string words) => html.Write("q", words, ("lang", ReportLanguage.English.Tag));

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

    private static void WriteSentence(HtmlWriter html, string sentence)
    {
        var at = 0;
        foreach (Match code in Code.Matches(sentence))
        {
            html.Text(sentence.Substring(at, code.Index - at));
            html.Write("code", code.Value);
            at = code.Index + code.Length;
        }

        html.Text(sentence.Substring(at));
    }
}
