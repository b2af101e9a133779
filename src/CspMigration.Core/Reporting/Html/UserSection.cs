using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Users who are still on an old license, and why.</summary>
internal static class UserSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.UsersLeft.Count == 0)
        {
            return;
        }

        var words = html.Words;
        Column<UserLeft>[] columns =
        [
            Column<UserLeft>.Text(words[ReportText.User], user => user.User),
            Column<UserLeft>.Text(words[ReportText.Customer], user => user.Customer),
            Column<UserLeft>.Text(words[ReportText.OldLicense], user => user.Offer),
            new(words[ReportText.Why], WriteReason, "wide"),
        ];
        using (Section.Open(html, words[ReportText.UsersNotMoved], words[ReportText.UsersNotMovedNote]))
        {
            using (html.Open("ul", ("class", "legend")))
            {
                foreach (var reason in content.UsersLeft.GroupBy(user => user.Outcome).OrderByDescending(reason => reason.Count()))
                {
                    using (html.Open("li", ("class", "plain")))
                    {
                        html.Text($"{words.Outcome(reason.Key)} ");
                        html.Write("b", words.Number(reason.Count()));
                    }
                }
            }

            Table.Write(html, words.Users(content.UsersLeft.Count), columns, content.UsersLeft);
        }
    }

    private static void WriteReason(HtmlWriter html, UserLeft user)
    {
        using (html.Open("p"))
        {
            html.Write("b", html.Words.Format(ReportText.AsSentence, html.Words.Outcome(user.Outcome)));
            WriteWords(html, user);
        }

        if (user.Remedy is { } remedy)
        {
            AdviceText.Write(html, remedy);
        }
    }

    // Where the outcome says it all, another language needs no more; of a refusal there are only the words it came with.
    private static void WriteWords(HtmlWriter html, UserLeft user)
    {
        var cause = user.Cause;
        if (cause.Length == 0)
        {
            return;
        }

        if (html.Words.InGeneral.IsEnglish)
        {
            html.Text($" {cause}");
        }
        else if (user.Remedy is null && user.Outcome != UserMoveOutcome.Skipped)
        {
            html.Text(html.Words.InGeneral.SentenceSeparator);
            AdviceText.WriteQuote(html, cause);
        }
    }
}
