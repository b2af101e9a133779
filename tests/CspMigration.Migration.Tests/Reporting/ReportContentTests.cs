using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Reporting;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>What a report counts, whatever it looks like.</summary>
public sealed class ReportContentTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Seats_of_one_purchase_for_two_sources_count_once_planned_or_bought(bool planOnly)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var result = await run.RunAsync(await run.FindAsync("One SKU twice and both expiring"), planOnly: planOnly);

        var content = new ReportContent("", Now, result.Migrations);

        Assert.Equal((2, planOnly), (content.Progress.Completed, content.IsPlan));
        Assert.Equal((20, 20), (content.Seats.Before, content.Seats.After));
        Assert.Equal(14, content.UsersMoved);
    }

    [Fact]
    public async Task Users_left_behind_are_named_with_the_reason_and_their_subscription_is_at_risk()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var result = await run.RunAsync(await run.FindAsync("No usage location"));

        var content = new ReportContent("", run.Client.Operation.Session.Options.Time.GetUtcNow(), result.Migrations);

        Assert.Equal(2, content.UsersLeft.Count);
        Assert.All(content.UsersLeft, user => Assert.Equal((UserMoveOutcome.NoUsageLocation, "No usage location"), (user.Outcome, user.Customer)));
        Assert.Equal("HoldersRemain", Assert.Single(content.Problems).ErrorId);
        Assert.Equal(1, content.Progress.AtRisk);
        Assert.Equal(result.Migrations[0].Source!.CommitmentEndDate, content.NextAtRisk);
        Assert.Empty(content.UndoDeadlines);
    }

    [Fact]
    public async Task Users_whom_the_journal_does_not_list_are_not_counted_as_none_left()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var some = run.Tenant.GetState().Customers[0].Users.Where(user => user.Licenses.Count > 0).Take(3).Select(user => user.Id).ToList();
        _ = await run.MoveAsync(bought, new() { Users = some });

        var migration = Assert.Single(run.Client.Status.Read());
        var customer = Assert.Single(new ReportContent("", Now, [migration]).Customers);

        Assert.Equal((3, null, false), (migration.LicenseMove!.Moved, migration.LicenseMove.Remaining, migration.LicenseMove.IsComplete));
        Assert.Equal((3, null), (customer.UsersMoved, customer.UsersLeft));
    }

    [Theory]
    [InlineData("Throttled", true)]
    [InlineData("ServiceUnavailable", true)]
    [InlineData("RequestTimeout", true)]
    [InlineData("ProvisioningPending", true)]
    [InlineData("JournalLocked", true)]
    [InlineData("UnexpectedAnswer", false)]
    [InlineData("NoTarget", false)]
    [InlineData("CountryMismatch", false)]
    [InlineData("HoldersRemain", false)]
    [InlineData("OfALaterVersion", false)]
    public void The_page_says_that_the_same_line_goes_on_only_where_it_does(string errorId, bool goesOn)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("report.html");
        var stopped = Ending(Now.AddDays(30), isDone: false) with { State = MigrationState.Failed, ErrorId = errorId, Error = "It stopped. Mend it." };

        new MigrationReport("Report", Now, [stopped, stopped]).Save(ReportFormat.Html, path);

        var page = File.ReadAllText(path);
        Assert.Equal(goesOn, page.Contains("Can be run again", StringComparison.Ordinal));
        Assert.Equal(!goesOn, page.Contains("Needs attention", StringComparison.Ordinal));
        Assert.Equal(goesOn, page.Contains("continues where it stopped", StringComparison.Ordinal));
        Assert.Equal(2, page.Split("It stopped. Mend it.").Length - 1);
    }

    [Fact]
    public async Task Each_customer_has_its_undo_deadline_until_it_has_passed()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=3,subscriptions=2,users=2");
        var result = await run.RunAsync(await run.FindAsync());
        var deadline = result.Migrations[0].Suspension!.ReactivateBefore!.Value;

        Assert.Equal(3, new ReportContent("", deadline, result.Migrations).UndoDeadlines.Count);
        Assert.Empty(new ReportContent("", deadline.AddSeconds(1), result.Migrations).UndoDeadlines);
    }

    [Fact]
    public void The_timeline_has_every_source_once_in_order_and_few_rows()
    {
        var days = Gen.Choose(0, 500).ListOf().ToArbitrary();
        Prop.ForAll(days, offsets =>
        {
            var periods = ExpiryTimeline.Of(offsets.Select((offset, index) => Ending(Now.AddDays(offset), isDone: index % 2 == 0)));

            Assert.Equal(offsets.Count, periods.Sum(period => period.Safe + period.AtRisk));
            Assert.Equal((offsets.Count + 1) / 2, periods.Sum(period => period.Safe));
            Assert.All(offsets, offset => Assert.Single(periods, period => Now.AddDays(offset).Date >= period.From && Now.AddDays(offset).Date <= period.To));
            Assert.Equal(periods.OrderBy(period => period.From), periods);
            Assert.InRange(periods.Count, 0, 18);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task The_page_says_how_each_target_is_obtained_and_for_how_long_both_are_billed()
    {
        // The terms end on 10 July: of what is bought on 10 June, 30 days are billed twice.
        using var run = await SandboxRun.StartAsync("new-commerce", time: new SettableTime("2026-06-10T12:00:00Z"));
        var purchase = await run.RunAsync(await run.FindAsync("Neither"), planOnly: true);
        var renewal = await run.RunAsync(
            await run.FindAsync("Renewal only"), new MigrationRunOptions { Purchases = new PurchaseOptions { Method = MigrationMethod.Renewal } }, planOnly: true);
        var seats = Assert.Single(purchase.Migrations).Source!.Quantity;

        var page = PageOf([.. renewal.Migrations, .. purchase.Migrations]);

        Assert.Equal(
            [("Neither", "Purchase", "30", $"{30 * seats:N0}"), ("Renewal only", "Renewal", "0", "0")],
            Subscriptions(page).Select(row => (row.Customer, row.Method, row.Overlap, row.SeatDays)).Order());
        Assert.Equal(($"{30 * seats:N0}", "seat-days of source and target"), Figure(page, "Billed twice"));
    }

    [Fact]
    public void Seat_days_count_the_fewer_seats_once_for_each_purchase_and_unknown_days_are_not_none()
    {
        var page = PageOf(
        [
            Replaced("One", seats: 10, TargetOutcome.Purchased, quantity: 8, days: 200),
            Replaced("Two", seats: 5, TargetOutcome.Purchased, quantity: 9, days: 3),
            Replaced("Three", seats: 7, TargetOutcome.Covered, quantity: 9, days: 3),
            Replaced("Four", seats: 4, TargetOutcome.Purchased, quantity: 4, days: null),
        ]);

        // 200 days of 8 seats, 3 days of 5, none of what another purchase covers, and unknown days.
        Assert.Equal(
            [("One", "Purchase", "200", "1,600"), ("Two", "Purchase", "3", "15"), ("Three", "Covered by another purchase", "3", "0"), ("Four", "Purchase", "\u2013", "\u2013")],
            Subscriptions(page).Select(row => (row.Name, row.Method, row.Overlap, row.SeatDays)));
        Assert.Equal("1,615", Total(page, "Seat-days"));
        Assert.Equal(("1,615", "seat-days; not known for 4 seats"), Figure(page, "Billed twice"));
    }

    [Fact]
    public void Without_a_target_the_page_says_nothing_of_billing()
    {
        var page = PageOf([Ending(Now.AddDays(30), isDone: false)]);

        Assert.DoesNotContain("Billed twice", page, StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(Subscriptions(page)).Method);
    }

    private static string PageOf(IReadOnlyList<SubscriptionMigration> migrations)
    {
        using var page = new MemoryStream();
        new MigrationReport("Report", Now, migrations).Write(ReportFormat.Html, page);
        return WebUtility.HtmlDecode(Encoding.UTF8.GetString(page.ToArray()));
    }

    // The rows of the sections of customers.
    private static IEnumerable<(string Customer, string Name, string Method, string Overlap, string SeatDays)> Subscriptions(string page)
    {
        foreach (Match customer in Regex.Matches(page, @"<section class=""customer"".*?</section>", RegexOptions.Singleline))
        {
            var name = Regex.Match(customer.Value, "<h3[^>]*>([^<]*)<").Groups[1].Value;
            var body = Regex.Match(customer.Value, "<tbody.*?</tbody>", RegexOptions.Singleline).Value;
            foreach (Match row in Regex.Matches(body, "<tr.*?</tr>", RegexOptions.Singleline))
            {
                var method = Regex.Match(row.Value, @"data-label=""Target""><div>[^<]*<span class=""remark"">([^<]*)<").Groups[1].Value;
                yield return (name, Cells(row.Value, "Source").Single(), method, Cells(row.Value, "Overlap (days)").Single(), Cells(row.Value, "Seat-days").Single());
            }
        }
    }

    private static string Total(string page, string column)
    {
        return Cells(Regex.Matches(page, "<tfoot.*?</tfoot>", RegexOptions.Singleline).Last().Value, column).Single();
    }

    private static IEnumerable<string> Cells(string page, string column)
    {
        return Regex.Matches(page, $"data-label=\"{Regex.Escape(column)}\">([^<]*)<").Select(cell => cell.Groups[1].Value);
    }

    private static (string Value, string Remark) Figure(string page, string name)
    {
        var figure = Regex.Match(page, $@"<dt>{Regex.Escape(name)}</dt>\s*<dd>\s*<strong>([^<]*)</strong>\s*<span>([^<]*)</span>");
        return (figure.Groups[1].Value, figure.Groups[2].Value.Trim());
    }

    private static SubscriptionMigration Replaced(string offer, int seats, TargetOutcome outcome, int quantity, int? days)
    {
        var source = new ExpiringSubscription { OfferName = offer, Quantity = seats };
        return new SubscriptionMigration { Source = source, Target = new TargetSubscription { OfferName = "New", Outcome = outcome, Quantity = quantity, OverlapDays = days, Source = source } };
    }

    private static SubscriptionMigration Ending(DateTimeOffset end, bool isDone) => new()
    {
        State = isDone ? MigrationState.Completed : MigrationState.Discovered,
        Source = new ExpiringSubscription { CommitmentEndDate = end, Quantity = 1 },
    };
}
