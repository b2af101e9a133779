using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>How far each customer has come.</summary>
internal static class CustomerSection
{
    public static void Write(HtmlWriter html, ReportContent content)
    {
        if (content.Customers.Count == 0)
        {
            return;
        }

        Column<CustomerProgress>[] columns =
        [
            Column<CustomerProgress>.Text("Customer", customer => customer.Name),
            new(content.IsPlan ? "Can be migrated" : "Completed", (page, customer) => WriteProgress(page, customer, content.IsPlan), "progress"),
            Column<CustomerProgress>.Figure("Seats before", customer => Words.Number(customer.Seats.Before)),
            Column<CustomerProgress>.Figure(content.IsPlan ? "Seats planned" : "Seats after", customer => Words.Number(customer.Seats.After)),
            Column<CustomerProgress>.Figure(content.IsPlan ? "Users to move" : "Users moved", customer => Words.Number(customer.UsersMoved)),
            Column<CustomerProgress>.Figure("Users left", customer => customer.UsersLeft is { } left ? Words.Number(left) : Words.None),
            Column<CustomerProgress>.Figure("At risk from", customer => Words.DateOrNone(customer.NextAtRisk)),
        ];
        using (Section.Open(html, "Progress by customer", "Those that need attention come first, then those whose terms end first."))
        {
            Table.Write(html, Words.Count(content.Customers.Count, "customer"), columns, content.Customers);
        }
    }

    private static void WriteProgress(HtmlWriter html, CustomerProgress customer, bool isPlan)
    {
        var progress = customer.Progress;
        html.Write("span", $"{Words.Number(progress.Completed)} of {Words.Number(progress.Total)}", ("class", "figure"));
        Bar.Write(html, $"Progress of {customer.Name}", progress.Total, ProgressParts.Of(progress, isPlan));
    }
}
