using System;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>The subscriptions of each customer, in a section that can be printed alone: it names no id and no command.</summary>
internal static class SubscriptionSection
{
    // More are folded.
    private const int MostRows = 5;

    /// <summary>The id of a customer's section.</summary>
    public static string IdOf(CustomerProgress customer) => $"c{customer.Number}";

    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Customers.Count == 0)
        {
            return;
        }

        using (Section.Open(html, html.Words[ReportText.SubscriptionsByCustomer], html.Words.Format(ReportText.SubscriptionsByCustomerNote, Words.None), "customers"))
        {
            foreach (var customer in content.Customers)
            {
                Write(html, content, customer);
            }
        }
    }

    private static void Write(HtmlWriter html, ReportContent content, CustomerProgress customer)
    {
        var words = html.Words;
        var count = words.Subscriptions(customer.Migrations.Count);
        var heading = html.NewId();
        using (html.Open("section", ("class", "customer"), ("id", IdOf(customer)), ("aria-labelledby", heading)))
        {
            html.Write("h3", customer.Name, ("id", heading));
            var isFolded = customer.Migrations.Count > MostRows;
            using (isFolded ? html.Open("details") : null)
            {
                if (isFolded)
                {
                    html.Write("summary", count);
                }

                Table.Write(html, count, Columns(words, content, customer), customer.Migrations);
            }
        }
    }

    private static Column<SubscriptionMigration>[] Columns(Words words, ReportContent content, CustomerProgress customer)
    {
        return
        [
            Column<SubscriptionMigration>.Text(words[ReportText.Source], ReportContent.OfferOf),
            Noted(words[ReportText.Target], migration => migration.CurrentTarget is { } target ? target.OfferName ?? target.OfferId : Words.None, migration => migration.CurrentTarget is { } target ? words.Method(target) : null),
            Column<SubscriptionMigration>.Figure(words[ReportText.Seats], migration => Change(words, new Seats([migration])), Change(words, customer.Seats)),
            Noted(
                words[content.IsPlan ? ReportText.UsersToMove : ReportText.UsersMoved],
                migration => migration.LicenseMove is { } move ? words.Number(move.Moved + move.AlreadyMoved) : Words.None,
                migration => migration.LicenseMove is { Remaining: > 0 and var left } ? words.Format(ReportText.LeftCount, words.Number(left)) : null,
                "figure",
                words.Number(customer.UsersMoved)),
            Noted(words[ReportText.EndsOn], migration => words.DateOrNone(migration.Source?.CommitmentEndDate), migration => EndOf(words, migration), "figure"),
            Column<SubscriptionMigration>.Figure(words[ReportText.Overlap], migration => words.NumberOrNone(migration.CurrentTarget?.OverlapDays)),
            Column<SubscriptionMigration>.Figure(words[ReportText.SeatDays], migration => words.NumberOrNone(ReportContent.SeatDaysOf([migration])), words.NumberOrNone(customer.SeatDays)),
            Noted(words[ReportText.State], migration => words.State(migration.State, content.IsPlan), migration => Remark(words, migration)),
        ];
    }

    private static string Change(Words words, Seats seats) => words.Format(ReportText.SeatsChange, words.Number(seats.Before), words.Number(seats.After));

    // What the journal alone knows of a source has no word of how its term ends.
    private static string? EndOf(Words words, SubscriptionMigration migration)
    {
        return migration.SourceEnding is { } ending ? words.End(ending.Outcome)
            : migration.Source is { RenewalStatus.Length: > 0 } source ? words.End(source.EndOfTerm)
            : null;
    }

    private static string? Remark(Words words, SubscriptionMigration migration)
    {
        return migration.ErrorId is { } id ? words.InGeneral.Causes.Find(id)
            : migration.SourceEnding?.ReactivateBefore is { } day ? words.Format(ReportText.UndoUntil, words.Date(day))
            : null;
    }

    private static Column<SubscriptionMigration> Noted(
        string name, Func<SubscriptionMigration, string?> text, Func<SubscriptionMigration, string?> note, string? style = null, string? total = null)
    {
        return new Column<SubscriptionMigration>(
            name,
            (html, migration) =>
            {
                using (html.Open("div"))
                {
                    html.Text(text(migration));
                    if (note(migration) is { } remark)
                    {
                        html.Write("span", remark, ("class", "remark"));
                    }
                }
            },
            style,
            total);
    }
}
