using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 1: expiring is active, license based, auto-renew off, with the end date in the window.</summary>
public sealed class Rule01ExpiringTests
{
    // Contoso's term ends with the thirtieth day after the scenario's first.
    [Theory]
    [InlineData("2026-03-10T00:00:00Z")]
    [InlineData("2026-03-10T12:00:00Z")]
    [InlineData("2026-03-10T23:59:59Z")]
    public async Task The_window_is_whole_days_and_its_last_day_counts(string now)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime(now));
        var discovery = run.Client.Discovery;

        Assert.Empty(await run.FindAsync(query => query.Before = discovery.EndOfWindow(29)));
        var found = Assert.Single(await run.FindAsync(query => query.Before = discovery.EndOfWindow(30)));

        Assert.Equal(SettableTime.Moment("2026-04-09T23:59:59Z"), found.CommitmentEndDate);
        Assert.Equal("Expires on 2026-04-09", found.RenewalStatus);
        Assert.Equal(MigrationState.Discovered, found.MigrationState);
    }

    [Theory]
    [InlineData("2026-04-09T23:59:58Z", 0)]
    [InlineData("2026-04-10T00:00:00Z", 1)]
    public async Task A_moment_can_be_given_in_place_of_days(string before, int found)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));

        Assert.Equal(found, (await run.FindAsync(query => query.Before = SettableTime.Moment(before))).Count);
    }

    [Theory]
    [InlineData("/v1/customers")]
    [InlineData("/subscriptions")]
    public async Task What_a_list_has_twice_is_one(string pathEnd)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, (path, text) =>
        {
            if (!path.EndsWith(pathEnd, StringComparison.Ordinal) || JsonNode.Parse(text.TrimStart('\uFEFF')) is not JsonObject { } list)
            {
                return text;
            }

            var items = list["items"]!.AsArray();
            list["items"] = new JsonArray([.. items.Concat(items).Select(item => item!.DeepClone())]);
            return list.ToJsonString();
        }), time: time);

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));
        var moved = Assert.Single(await run.MoveAsync([bought]));
        var ended = Assert.Single(await run.SuspendAsync([moved]));

        Assert.Equal((25, 20, SuspensionOutcome.Suspended), (bought.Quantity, moved.Moved, ended.Outcome));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_suspended_subscription_does_not_expire()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer();
        await service.ChangeSubscriptionAsync(customer, customer.Subscriptions[0].Id, ("status", "suspended"));

        Assert.Empty(await run.FindAsync());
    }

    [Fact]
    public async Task What_is_billed_by_usage_does_not_expire()
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(
            inner, (path, text) => path.EndsWith("/subscriptions", StringComparison.Ordinal) ? Regex.Replace(text, "\"license\"", "\"usage\"") : text));

        Assert.Empty(await run.FindAsync());
    }

    [Fact]
    public async Task A_subscription_that_renews_is_found_only_when_asked_for()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer();
        await service.ChangeSubscriptionAsync(customer, customer.Subscriptions[0].Id, ("autoRenewEnabled", true));

        Assert.Empty(await run.FindAsync());
        Assert.True(Assert.Single(await run.FindAsync(query => query.IncludeAutoRenew = true)).AutoRenewEnabled);
    }

    [Fact]
    public async Task A_trial_is_found_only_when_asked_for()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        Assert.Empty(await run.FindAsync("Trial that converts"));
        Assert.True(Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = (["Trial that converts"], true))).IsTrial);
    }

    [Fact]
    public async Task What_would_renew_into_a_retired_SKU_is_marked_and_what_would_not_is_not()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var nextYear = run.Client.Discovery.EndOfWindow(365);

        var rows = await run.FindAsync(query =>
        {
            query.Customers = ["Add-on that stays active", "Successor with free seats"];
            query.IncludeAutoRenew = true;
            query.Before = nextYear;
        });

        var retired = Assert.Single(rows, row => row.OfferName == "Project Service Automation User Add-On");
        var current = Assert.Single(rows, row => row.OfferId == Ids.EngagementPlan1);
        Assert.Matches("^Auto renews on [0-9]{4}-[0-9]{2}-[0-9]{2} .*retired", retired.RenewalStatus);
        Assert.Matches("^Auto renews on [0-9]{4}-[0-9]{2}-[0-9]{2}$", current.RenewalStatus);
        Assert.All(rows.Except([retired, current]), row => Assert.StartsWith("Expires on ", row.RenewalStatus, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New commerce source", false, SuspensionOutcome.EndsWithTerm)]
    [InlineData("Paid for the year", true, SuspensionOutcome.LeftToTermEnd)]
    public async Task A_migrated_source_that_runs_out_carries_its_state_and_passes_through_untouched(string customer, bool atTermEnd, SuspensionOutcome outcome)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var ending = new SuspensionOptions { AtTermEnd = atTermEnd };
        Assert.Equal(outcome, Assert.Single(await run.FinishAsync(await run.FindAsync(customer), ending: ending)).Outcome);
        var writes = run.Writes();

        var again = await run.FindOneAsync(customer);
        var ended = await run.FinishAsync([again], ending: ending);

        Assert.Equal(MigrationState.Completed, again.MigrationState);
        Assert.Equal(outcome, Assert.Single(ended).Outcome);
        Assert.Equal(writes, run.Writes());
        Assert.Empty(run.Errors);
    }
}
