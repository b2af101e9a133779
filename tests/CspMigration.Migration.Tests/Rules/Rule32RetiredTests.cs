using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 32: what is retired though it renews, and what no license replaces.</summary>
public sealed class Rule32RetiredTests
{
    private const string Look = "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus";
    private const string EnterpriseE4 = "1392051d-0cb9-4b7a-88d5-621fee5e8711";

    [Fact]
    public async Task Only_what_expires_is_found_unless_what_is_retired_is_asked_for()
    {
        using var run = await SandboxRun.StartAsync("retired");

        Assert.Equal(["Replaced by no license", "Retired and ending"], (await run.FindAsync()).Select(row => row.CustomerName).Order());
        Assert.Equal(
            ["No longer on sale, renewing", "Replaced by no license", "Retired and ending", "Retired and renewing", "Retired legacy offer, renewing"],
            (await FindAsync(run)).Select(row => row.CustomerName).Order());
    }

    [Fact]
    public async Task What_renews_is_marked_so_that_nobody_takes_it_for_expiring()
    {
        using var run = await SandboxRun.StartAsync("retired");

        var rows = (await FindAsync(run)).ToDictionary(row => row.CustomerName!);

        Assert.Equal(EndOfTerm.RenewsIntoRetired, rows["Retired and renewing"].EndOfTerm);
        Assert.Matches("^Auto renews on [0-9]{4}-[0-9]{2}-[0-9]{2} into a retired SKU$", rows["Retired and renewing"].RenewalStatus);
        Assert.Equal((EndOfTerm.RenewsIntoRetired, EnterpriseE4, "Office 365 E5"), (rows["Retired legacy offer, renewing"].EndOfTerm, rows["Retired legacy offer, renewing"].SkuId?.ToLowerInvariant(), rows["Retired legacy offer, renewing"].Targets[0].Name));
        Assert.Equal((EndOfTerm.RenewsIntoRetired, 0), (rows["No longer on sale, renewing"].EndOfTerm, rows["No longer on sale, renewing"].Targets.Count));
        Assert.Matches("^Auto renews on [0-9]{4}-[0-9]{2}-[0-9]{2} into a SKU that is no longer on sale$", rows["No longer on sale, renewing"].RenewalStatus);
        Assert.NotEqual(EndOfTerm.RenewsIntoRetired, rows["Retired and ending"].EndOfTerm);
        Assert.StartsWith("Expires on ", rows["Retired and ending"].RenewalStatus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_subscription_is_looked_at_once_and_the_catalog_of_a_country_is_read_once()
    {
        using var run = await SandboxRun.StartAsync("retired");
        using var service = new DirectService(run.Tenant);
        var before = run.Tenant.GetRequests();

        _ = await FindAsync(run);

        var requests = run.Tenant.GetRequests();
        Assert.Equal(0, requests.Writes - before.Writes);
        Assert.Equal(1, Calls("GET /v1/products"));

        // The two products that no map has, each once; of the one that is in no catalog, nothing more can be read.
        Assert.Equal(1, Calls("GET /v1/products/{productId}/skus"));
        Assert.Equal(1, Calls("GET /v1/products/{productId}/skus/{skuId}/availabilities"));

        // All but the one that is to become another product.
        Assert.Equal(6, Calls(Look));

        long Calls(string route) => requests.Count(route) - before.Count(route);
    }

    [Fact]
    public async Task With_all_that_renews_the_retired_ones_are_marked_all_the_same()
    {
        using var run = await SandboxRun.StartAsync("retired");

        var rows = await run.FindAsync(query => (query.IncludeRetired, query.IncludeAutoRenew) = (true, true));

        Assert.Equal(7, rows.Count);
        Assert.Equal(
            ["No longer on sale, renewing", "Retired and renewing", "Retired legacy offer, renewing"],
            rows.Where(row => row.EndOfTerm == EndOfTerm.RenewsIntoRetired).Select(row => row.CustomerName).Order());
        Assert.Equal(EndOfTerm.Renews, Assert.Single(rows, row => row.CustomerName == "On sale, renewing").EndOfTerm);
        Assert.Equal(
            (EndOfTerm.RenewsIntoAnother, "Office 365 E5"),
            rows.Where(row => row.CustomerName == "Retired, renewing as another").Select(row => (row.EndOfTerm, row.Targets[0].Name)).Single());
    }

    [Fact]
    public async Task The_catalog_of_a_country_is_read_once_a_session_and_the_customer_s_country_once_a_search()
    {
        using var run = await SandboxRun.StartAsync("retired");
        var before = run.Tenant.GetRequests();

        _ = await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["On sale, renewing"], true));
        _ = await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["On sale, renewing"], true));

        Assert.Equal(1, run.Tenant.GetRequests().Count("GET /v1/products") - before.Count("GET /v1/products"));
        Assert.Equal(2, run.Tenant.GetRequests().Count("GET /v1/customers/{customerId}") - before.Count("GET /v1/customers/{customerId}"));
    }

    [Fact]
    public async Task The_catalog_is_not_read_where_the_map_knows_all_that_renews()
    {
        using var run = await SandboxRun.StartAsync("retired");

        Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["Retired and renewing"], true)));

        Assert.Equal(0, run.Tenant.GetRequests().Count("GET /v1/products"));
    }

    [Fact]
    public async Task A_catalog_that_cannot_be_read_is_an_error_of_the_customer_and_proves_nothing()
    {
        using var run = await SandboxRun.StartAsync("retired", inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/products", StringComparison.Ordinal) ? "<html>proxy</html>" : text), options => options.RetryBudget = TimeSpan.Zero);

        var rows = await FindAsync(run);

        Assert.DoesNotContain(rows, row => row.CustomerName == "No longer on sale, renewing");
        Assert.Contains(rows, row => row.CustomerName == "Retired and renewing");
        Assert.Equal(2, run.Errors.Count);
        Assert.All(run.Errors, error => Assert.NotNull(error.SubscriptionId));
    }

    [Fact]
    public async Task What_is_retired_only_after_the_renewal_is_not_retired_yet()
    {
        using var file = new TemporaryFile("map.json", $$"""
            {
              "formatVersion": 1,
              "replacesBuiltIn": true,
              "mappings": [{ "family": "f", "source": { "name": "s", "skuId": "{{EnterpriseE4}}" }, "retiredOn": "2999-01-01", "targets": ["t"] }],
              "targets": { "t": { "skuId": "c7df2760-2c81-4ef7-b578-5b5392b571df" } }
            }
            """);
        using var run = await SandboxRun.StartAsync("retired", configure: options => options.SkuMapPaths = [file.Path]);

        var rows = await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["Retired*"], true));
        var renewing = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = (["Retired and renewing"], true)));

        Assert.Equal(["Retired and ending"], rows.Select(row => row.CustomerName));
        Assert.Equal(EndOfTerm.Renews, renewing.EndOfTerm);
    }

    [Fact]
    public async Task A_purchase_for_what_renews_says_so_in_its_plan_and_as_a_warning()
    {
        using var run = await SandboxRun.StartAsync("retired");
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["Retired and renewing"], true)));

        var planning = await run.Client.Purchases.PlanAsync([row], new PurchaseOptions(), default);
        var readiness = await run.CheckAsync(row);

        Assert.Contains("which renews automatically", Assert.Single(planning.Plans).ActionText, StringComparison.Ordinal);
        Assert.Contains(run.Observer.Warnings, warning => warning.Contains("into a retired SKU", StringComparison.Ordinal));
        Assert.Equal(ReadinessVerdict.Warning, readiness.Verdict);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task The_one_question_before_a_run_says_how_many_renew_by_themselves()
    {
        using var run = await SandboxRun.StartAsync("retired");

        var all = await run.Client.Runs.PlanAsync(await FindAsync(run), new MigrationRunOptions(), default);
        var expiring = await run.Client.Runs.PlanAsync(await run.FindAsync("Retired and ending"), new MigrationRunOptions(), default);

        Assert.StartsWith("Migrate 3 subscriptions (2 of which renew automatically): buy ", all.ActionText, StringComparison.Ordinal);
        Assert.DoesNotContain("renew", expiring.ActionText, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_subscription_of_an_unknown_product_and_one_without_an_id_are_no_reason_to_fail()
    {
        var spoiler = AnswerSpoiler.OfSubscriptions(item =>
        {
            item["offerId"] = (string?)item["offerName"] == "Office 365 E5" ? null : "CFQ7TTC0NONE:0001:CFQ7TTC0NONE";
            return item;
        });
        spoiler.IsOn = true;
        using var run = await SandboxRun.StartAsync("retired", inner => new RequestRecorder(inner, spoiler.Rewrite));

        var rows = await FindAsync(run);

        // The map still knows E4 by its directory SKU; what no catalog has is not on sale; what has no id proves nothing.
        Assert.Contains(rows, row => row is { CustomerName: "Retired and renewing", EndOfTerm: EndOfTerm.RenewsIntoRetired });
        Assert.Contains(rows, row => row is { CustomerName: "No longer on sale, renewing", EndOfTerm: EndOfTerm.RenewsIntoRetired });
        Assert.DoesNotContain(rows, row => row.CustomerName == "On sale, renewing");
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Nothing_is_bought_for_what_is_only_no_longer_on_sale_unless_a_target_is_named()
    {
        using var run = await SandboxRun.StartAsync("retired");
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["No longer on sale*"], true)));

        Assert.Empty(await run.BuyAsync([row]));

        Assert.Equal(0, run.Writes());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task What_renews_into_a_retired_SKU_can_be_migrated_whole()
    {
        using var run = await SandboxRun.StartAsync("retired");
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeRetired) = (["Retired and renewing", "Retired legacy offer, renewing"], true));

        var ended = await run.FinishAsync(rows);

        Assert.Empty(run.Errors);
        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.EndsWithTerm], ended.Select(end => end.Outcome).Order());
        Assert.Empty(run.Tenant.GetState().Violations);
        Assert.DoesNotContain(await FindAsync(run), row => rows.Any(other => other.SubscriptionId == row.SubscriptionId) && row.EndOfTerm == EndOfTerm.RenewsIntoRetired);
    }

    [Fact]
    public async Task What_no_license_replaces_is_refused_with_the_reason_and_bought_only_what_is_named()
    {
        using var run = await SandboxRun.StartAsync("retired");
        var row = Assert.Single(await run.FindAsync("Replaced by no license"));

        var error = await run.RefusePurchaseAsync(row);
        var readiness = await run.CheckAsync(row);

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.Contains("is not a license", error.Problem, StringComparison.Ordinal);
        Assert.Equal((ReadinessVerdict.Blocked, "NoTarget"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal(0, run.Writes());
        Assert.Equal(Ids.Sales, (await run.BuyOneAsync(row, new PurchaseOptions { Target = "Dynamics 365 Sales" }, planOnly: true)).OfferId);
    }

    private static Task<List<ExpiringSubscription>> FindAsync(SandboxRun run) => run.FindAsync(query => query.IncludeRetired = true);
}
