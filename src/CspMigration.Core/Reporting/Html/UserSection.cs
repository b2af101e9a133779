using System.Linq;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Users who are still on an old license, and why.</summary>
internal static class UserSection
{
    private static readonly Column<UserLeft>[] Columns =
    [
        Column<UserLeft>.Text("User", user => user.User),
        Column<UserLeft>.Text("Customer", user => user.Customer),
        Column<UserLeft>.Text("Old license", user => user.Offer),
        new("Why", WriteReason, "wide"),
    ];

    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.UsersLeft.Count == 0)
        {
            return;
        }

        using (Section.Open(html, "Users not moved", "Each of them keeps the old license, and works, until the source ends."))
        {
            using (html.Open("ul", ("class", "legend")))
            {
                foreach (var reason in content.UsersLeft.GroupBy(user => user.Outcome).OrderByDescending(reason => reason.Count()))
                {
                    using (html.Open("li", ("class", "plain")))
                    {
                        html.Text($"{Words.Outcome(reason.Key)} ");
                        html.Write("b", Words.Number(reason.Count()));
                    }
                }
            }

            Table.Write(html, Words.Count(content.UsersLeft.Count, "user"), Columns, content.UsersLeft);
        }
    }

    private static void WriteReason(HtmlWriter html, UserLeft user)
    {
        html.Write("b", $"{Words.Outcome(user.Outcome)}.");
        html.Text($" {user.Reason}");
    }
}
