using System;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Tests.Support;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Migration.Planning;

public sealed class PlanFileTests
{
    private const string Row =
        """
        {
          "PartnerTenantId": "p", "CustomerId": "c", "CustomerName": "=1+1", "SourceSubscriptionId": "s", "OfferId": "o", "Quantity": 25,
          "BillingCycle": "monthly", "TermDuration": "P1Y", "Commerce": 1, "Outcome": 0, "PartnerIdOnRecord": null,
          "Source": { "Quantity": 25, "Status": "active", "AutoRenewEnabled": false, "CommitmentEndDate": "2027-02-14T23:59:59+00:00" }
        }
        """;

    [Fact]
    public void A_row_is_read_whole_with_enumerations_as_numbers_or_words()
    {
        var rows = PlanFile.ReadJson($"[{Row},{Row.Replace("\"Commerce\": 1", "\"Commerce\": \"NewCommerce\"", StringComparison.Ordinal)}]", "plan.json");

        Assert.Equal(["Row 1 of plan.json", "Row 2 of plan.json"], rows.Select(row => row.Place));
        Assert.All(rows, row =>
        {
            Assert.Equal(("p", "c", "s", "o", 25), (row.PartnerTenantId, row.CustomerId, row.SourceSubscriptionId, row.OfferId, row.Quantity));
            Assert.Equal(("monthly", "P1Y", "NewCommerce", "Purchased"), (row.BillingCycle, row.TermDuration, row.Commerce, row.Outcome));
            Assert.Equal((true, 25, "active", false), (row.HasSource, row.SourceQuantity, row.SourceStatus, row.SourceAutoRenewEnabled));
            Assert.Equal(new DateTimeOffset(2027, 2, 14, 23, 59, 59, TimeSpan.Zero), row.SourceCommitmentEndDate);
            Assert.Null(row.PartnerIdOnRecord);
        });
    }

    [Fact]
    public void A_single_row_needs_no_list()
    {
        Assert.Equal("Row 1 of plan.json", Assert.Single(PlanFile.ReadJson("\uFEFF" + Row, "plan.json")).Place);
    }

    [Theory]
    [InlineData(@"\/Date(1802649599000)\/")]
    [InlineData(@"\/Date(1802649599000+0100)\/")]
    [InlineData("/Date(1802649599000-0500)/")]
    public void A_date_as_Windows_PowerShell_writes_it_is_read(string date)
    {
        var rows = PlanFile.ReadJson(Row.Replace("2027-02-14T23:59:59+00:00", date, StringComparison.Ordinal), "plan.json");

        Assert.Equal(new DateTimeOffset(2027, 2, 14, 23, 59, 59, TimeSpan.Zero), Assert.Single(rows).SourceCommitmentEndDate);
    }

    [Theory]
    [InlineData(@"\/Date(99999999999999999999)\/")]
    [InlineData(@"\/Date(9999999999999999)\/")]
    [InlineData(@"\/Date()\/")]
    [InlineData("2027-02-30T00:00:00Z")]
    public void A_date_that_is_none_is_none(string date)
    {
        var rows = PlanFile.ReadJson(Row.Replace("2027-02-14T23:59:59+00:00", date, StringComparison.Ordinal), "plan.json");

        Assert.Null(Assert.Single(rows).SourceCommitmentEndDate);
    }

    [Theory]
    [InlineData("", "The file plan.json is no plan: it is empty.")]
    [InlineData("=1+1", "The file plan.json is no plan: it begins with =1+1; ")]
    [InlineData("\"A\",\"B\"\n\"1\",\"2\"", "The file plan.json is no plan: it begins with \"A\",\"B\"; ")]
    [InlineData("<html>", "The file plan.json is no plan: it begins with <html>; ")]
    [InlineData("[", "The file plan.json is no plan: its JSON breaks. ")]
    [InlineData("null", "The file plan.json is no plan: it begins with null; ")]
    [InlineData("5", "The file plan.json is no plan: it begins with 5; ")]
    [InlineData("[5]", "Row 1 of plan.json")]
    [InlineData("[{},{\"Quantity\":5}]", "The file plan.json is no plan: none of its rows has an offer or a source.")]
    [InlineData("[{\"SubscriptionId\":\"s\",\"OfferId\":\"o\"}]", "The file plan.json is no plan: its rows are subscriptions or offers, not purchases.")]
    [InlineData("[{},7]", "Row 2 of plan.json")]
    [InlineData("[{\"Quantity\":\"=1+1\"}]", "Row 1 of plan.json")]
    [InlineData("[{\"Quantity\":1e400}]", "The file plan.json")]
    [InlineData("[{},{\"Source\":{\"Quantity\":2.5}}]", "Row 2 of plan.json")]
    public void What_is_no_plan_is_PlanStale_and_names_the_place(string text, string place)
    {
        var e = Assert.Throws<CspMigrationException>(() => PlanFile.ReadJson(text, "plan.json"));

        Assert.Equal("PlanStale", e.ErrorId);
        Assert.StartsWith(place, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(": Get-ExpiringSubscription | New-TargetSubscription -WhatIf | ConvertTo-Json -Depth 6 | Set-Content -Encoding UTF8 plan.json", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_of_a_run_is_said_to_have_the_plan_in_it_once_for_all_rows()
    {
        var migration = $"{{\"SourceSubscriptionId\":\"s\",\"State\":3,\"Target\":{Row}}}";

        var e = Assert.Throws<CspMigrationException>(() => PlanFile.ReadJson($"[{migration},{migration}]", "inv.json"));

        Assert.Equal("The file inv.json is no plan: its rows are the output of Invoke-SubscriptionMigration, and the plan is the Target of each.", e.Problem);
        Assert.EndsWith(
            ": Invoke-SubscriptionMigration -WhatIf | Where-Object Target | ForEach-Object Target | ConvertTo-Json -Depth 6 | Set-Content -Encoding UTF8 plan.json",
            e.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_without_a_row_is_one()
    {
        Assert.Empty(PlanFile.ReadJson(" []\n", "plan.json"));
    }

    [Fact]
    public void A_plan_that_nests_without_end_is_refused()
    {
        var text = string.Concat(Enumerable.Repeat("{\"Source\":", 100_000));

        Assert.Equal("PlanStale", Assert.Throws<CspMigrationException>(() => PlanFile.ReadJson(text, "plan.json")).ErrorId);
    }

    [Fact]
    public void A_damaged_plan_is_read_or_PlanStale_and_nothing_else()
    {
        Always.Holds(
            JsonTexts.Damaged(Gen.Constant($"[{Row},{Row}]")),
            damaged =>
            {
                try
                {
                    _ = PlanFile.ReadJson(damaged, "plan.json");
                }
                catch (CspMigrationException e)
                {
                    Assert.Equal("PlanStale", e.ErrorId);
                }
            },
            times: 1000);
    }
}
