using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>How far each customer has come, with the totals of all.</summary>
internal static class CustomerSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Customers.Count == 0)
        {
            return;
        }

        var words = html.Words;
        using (Section.Open(html, words[ReportText.ProgressByCustomer], words[ReportText.ProgressByCustomerNote]))
        {
            Table.Write(html, words.Customers(content.Customers.Count), Columns(words, content), content.Customers);
        }
    }

    private static Column<CustomerProgress>[] Columns(Words words, ReportContent content)
    {
        return
        [
            new(words[ReportText.Customer], (html, customer) => html.Write("a", customer.Name, ("href", $"#{SubscriptionSection.IdOf(customer)}"))),
            new(
                words[content.IsPlan ? ReportText.CanBeMigrated : ReportText.Completed],
                (html, customer) => WriteProgress(html, customer, content.IsPlan),
                "progress",
                words.Format(ReportText.PartOfTotal, words.Number(content.Progress.Completed), words.Number(content.Progress.Total))),
            Column<CustomerProgress>.Figure(words[ReportText.SeatsBefore], customer => words.Number(customer.Seats.Before), words.Number(content.Seats.Before)),
            Column<CustomerProgress>.Figure(
                words[content.IsPlan ? ReportText.SeatsPlanned : ReportText.SeatsAfter], customer => words.Number(customer.Seats.After), words.Number(content.Seats.After)),
            Column<CustomerProgress>.Figure(
                words[content.IsPlan ? ReportText.UsersToMove : ReportText.UsersMoved], customer => words.Number(customer.UsersMoved), words.Number(content.UsersMoved)),
            Column<CustomerProgress>.Figure(
                words[ReportText.UsersLeft],
                customer => words.NumberOrNone(customer.UsersLeft),
                words.NumberOrNone(content.UsersLeftInAll)),
            Column<CustomerProgress>.Figure(words[ReportText.SeatDays], customer => words.NumberOrNone(customer.SeatDays), words.NumberOrNone(content.SeatDays)),
            Column<CustomerProgress>.Figure(words[ReportText.AtRiskFrom], customer => words.DateOrNone(customer.NextAtRisk), words.DateOrNone(content.NextAtRisk)),
        ];
    }

    private static void WriteProgress(HtmlWriter html, CustomerProgress customer, bool isPlan)
    {
        var words = html.Words;
        var progress = customer.Progress;
        html.Write("span", words.Format(ReportText.PartOfTotal, words.Number(progress.Completed), words.Number(progress.Total)), ("class", "figure"));
        Bar.Write(html, words.Format(ReportText.ProgressOf, customer.Name), progress.Total, ProgressParts.Of(words, progress, isPlan));
    }
}
