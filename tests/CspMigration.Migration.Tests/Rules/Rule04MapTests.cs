using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 4: the map is data; sources match by offer id, then directory SKU, then part number; qualified offers only when named.</summary>
public sealed class Rule04MapTests
{
    private const string SalesTarget = """
        "Sales": { "skuId": "1e1a282c-9c54-43a2-9310-98ef728faace", "offers": [{ "offerId": "E5AEEDC5-E2F0-4099-AA45-95802034D7F8" }] }
        """;

    private const string ThreeTargets = """
        "By offer": { "skuId": "1e1a282c-9c54-43a2-9310-98ef728faace", "offers": [{ "offerId": "E5AEEDC5-E2F0-4099-AA45-95802034D7F8" }] },
        "By SKU": { "skuId": "749742bf-0d37-4158-a120-33567104deeb", "offers": [{ "offerId": "58CD6573-6784-4467-B2FC-1A06BB874ED6" }] },
        "By part number": { "skuId": "c7d15985-e746-4f01-b113-20b575898250", "offers": [{ "offerId": "5EB287F2-F34F-4BC8-A8B0-C2E9B23F7430" }] }
        """;

    [Fact]
    public async Task A_map_of_the_user_s_own_adds_any_other_product()
    {
        using var run = await StartAsync("edge-cases", Map("""{ "name": "Campaigns", "offerIds": ["00000000-5A4D-4000-A000-000000000004"] }""", "Sales", SalesTarget));

        var bought = await run.BuyOneAsync(await run.FindOneAsync("Discontinued without target"));

        Assert.Equal(Ids.Sales, bought.OfferId);
        Assert.Equal(Ids.TeamMembers, (await run.BuyOneAsync(await run.FindOneAsync("Plans matched by name"), planOnly: true)).OfferId);
    }

    [Fact]
    public async Task Its_rows_win_where_both_have_a_source()
    {
        using var run = await StartAsync("contoso", Map("""{ "name": "AX", "offerIds": ["9e23e01e-00d0-4402-a5ef-27b275411d5a"] }""", "Sales", SalesTarget));

        Assert.Equal(Ids.Sales, (await run.BuyOneAsync(Assert.Single(await run.FindAsync()))).OfferId);
    }

    [Fact]
    public async Task A_map_can_stand_in_place_of_the_built_in_one()
    {
        var text = Map("""{ "name": "Campaigns", "offerIds": ["00000000-5A4D-4000-A000-000000000004"] }""", "Sales", SalesTarget, replaces: true);
        using var run = await StartAsync("contoso", text);
        var row = Assert.Single(await run.FindAsync());

        Assert.Empty(await run.BuyAsync([row]));

        Assert.Empty(row.Targets);
        Assert.Empty(run.Errors);
        Assert.Equal(0, run.Writes());
        Assert.Single(run.Client.Operation.Session.Map.Mappings);
    }

    [Theory]
    [InlineData("By offer", """{ "name": "a", "offerIds": ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"] }""", Ids.Sales)]
    [InlineData("By SKU", """{ "name": "b", "skuId": "54b84594-9c77-4499-8d65-5e0d5f410e78" }""", Ids.CustomerService)]
    [InlineData("By part number", """{ "name": "c", "partNumber": "AX_TASK_USER" }""", Ids.FieldService)]
    public async Task Each_of_the_three_ids_is_enough(string target, string source, string offerId)
    {
        using var run = await StartAsync("seed-mapping", Map(source, target, ThreeTargets, replaces: true));

        Assert.Equal(offerId, (await run.BuyOneAsync(await run.FindOneAsync("AX Task"), planOnly: true)).OfferId);
    }

    [Theory]
    [InlineData(true, Ids.Sales)]
    [InlineData(false, Ids.CustomerService)]
    public async Task The_offer_id_goes_before_the_directory_SKU_and_that_before_the_part_number(bool hasOfferId, string offerId)
    {
        var rows = """
            { "family": "f", "source": { "name": "c", "partNumber": "AX_TASK_USER" }, "targets": ["By part number"] },
            { "family": "f", "source": { "name": "b", "skuId": "54b84594-9c77-4499-8d65-5e0d5f410e78" }, "targets": ["By SKU"] }
            """ + (hasOfferId ? """, { "family": "f", "source": { "name": "a", "offerIds": ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"] }, "targets": ["By offer"] }""" : "");
        using var run = await StartAsync("seed-mapping", $$"""{ "formatVersion": 1, "replacesBuiltIn": true, "mappings": [{{rows}}], "targets": { {{ThreeTargets}} } }""");

        Assert.Equal(offerId, (await run.BuyOneAsync(await run.FindOneAsync("AX Task"), planOnly: true)).OfferId);
    }

    [Fact]
    public async Task A_name_alone_matches_nothing()
    {
        using var run = await StartAsync(
            "contoso", Map("""{ "name": "Dynamics AX Enterprise", "offerIds": ["00000000-0000-4000-8000-000000000001"] }""", "Sales", SalesTarget, replaces: true));

        Assert.Empty(await run.BuyAsync(await run.FindAsync()));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Discovery_matches_by_offer_id_and_reads_nothing_but_customers_and_their_subscriptions()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");
        var before = run.Tenant.GetRequests().ByRoute.Keys.ToHashSet();

        var rows = await run.FindAsync();

        Assert.Equal(
            ["GET /v1/customers", "GET /v1/customers/{customerId}/subscriptions"],
            run.Tenant.GetRequests().ByRoute.Keys.Where(route => !before.Contains(route)).Order());

        // No one knows the offer id of CRM Online Enterprise: its part number is looked at when it is bought for.
        var unknown = Assert.Single(rows, row => row.Targets.Count == 0);
        Assert.Equal("CRM Online Enterprise", unknown.CustomerName);
        Assert.Equal(Ids.EngagementPlan1, (await run.BuyOneAsync(unknown)).OfferId);
    }

    [Fact]
    public async Task Discovery_reads_the_directory_SKU_of_each_new_commerce_source_that_no_offer_id_matches_and_of_no_other()
    {
        const string Look = "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus";
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Tenant.GetRequests();

        var rows = await run.FindAsync();

        var requests = run.Tenant.GetRequests();
        var looked = rows.Where(row => row.Commerce == CommerceKind.NewCommerce).ToList();
        Assert.NotEmpty(looked);
        Assert.Equal(looked.Count, requests.Count(Look) - before.Count(Look));
        Assert.Equal(
            ["GET /v1/customers", Look.Replace("/provisioningstatus", "", StringComparison.Ordinal).Replace("/{subscriptionId}", "", StringComparison.Ordinal), Look],
            requests.ByRoute.Where(route => route.Value > (before.ByRoute.TryGetValue(route.Key, out var count) ? count : 0)).Select(route => route.Key).Order());
        Assert.All(looked, row => Assert.Equal((Ids.CrmProfessionalSku, "Dynamics 365 Customer Engagement Plan"), (row.SkuId?.ToLowerInvariant(), row.Targets[0].Name)));
        Assert.All(rows.Except(looked), row => Assert.Null(row.SkuId));
    }

    [Fact]
    public async Task What_the_map_knows_by_its_new_commerce_id_is_not_looked_at()
    {
        using var run = await StartAsync("retired", Map("""{ "name": "E4", "offerIds": ["CFQ7TTC0SB0Q:0001"] }""", "Sales", SalesTarget));
        var before = run.Tenant.GetRequests().Total;

        var row = Assert.Single(await run.FindAsync("Retired and ending"));

        // The customer by name, in a page of its own, and the customer's subscriptions.
        Assert.Equal("Sales", row.Targets[0].Name);
        Assert.Null(row.SkuId);
        Assert.Equal(2, run.Tenant.GetRequests().Total - before);
    }

    [Fact]
    public async Task A_directory_SKU_that_cannot_be_read_leaves_the_row_and_is_reported()
    {
        using var run = await SandboxRun.StartAsync("retired", inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/provisioningstatus", StringComparison.Ordinal) ? "<html>proxy</html>" : text), options => options.RetryBudget = TimeSpan.Zero);

        var row = Assert.Single(await run.FindAsync("Retired and ending"));

        Assert.Empty(row.Targets);
        Assert.Equal(row.SubscriptionId, Assert.Single(run.Errors).SubscriptionId);
    }

    [Theory]
    [InlineData(null, Ids.EngagementPlan1)]
    [InlineData("Dynamics 365 for Sales", Ids.Sales)]
    [InlineData("Dynamics 365 Enterprise Customer Engagement Plan", Ids.EngagementPlan1)]
    [InlineData("Microsoft Dynamics 365 Sales", Ids.Sales)]
    [InlineData("Dynamics 365 Sales", Ids.Sales)]
    [InlineData("1e1a282c-9c54-43a2-9310-98ef728faace", Ids.Sales)]
    [InlineData("DYN365_ENTERPRISE_SALES", Ids.Sales)]
    [InlineData("Dynamics 365 Sales, from CRM Online Professional", "BB9C9324-55D1-42E4-9014-45801C1FBE46")]
    [InlineData("bb9c9324-55d1-42e4-9014-45801c1fbe46", "BB9C9324-55D1-42E4-9014-45801C1FBE46")]
    public async Task The_base_offer_is_bought_unless_a_qualified_one_is_named(string? target, string offerId)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        Assert.Equal(offerId, (await run.BuyOneAsync(await run.FindOneAsync("CRM Online Professional"), new PurchaseOptions { Target = target })).OfferId);
    }

    [Theory]
    [InlineData("Dynamics 365 Sales", false)]
    [InlineData("Dynamics 365 Team Members", true)]
    public async Task A_target_the_map_does_not_name_for_the_source_is_warned_of(string target, bool isWarnedOf)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var readiness = await run.CheckAsync(await run.FindOneAsync("CRM Online Professional"), new PurchaseOptions { Target = target });

        var warnings = readiness.Checks.Where(check => check.Result == ReadinessResult.Warn).Select(check => check.Message);
        Assert.Equal(isWarnedOf, warnings.Any(warning => warning.Contains("The map names others for Dynamics CRM Online Professional: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_target_nobody_knows_is_NoTarget()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = "Dynamics 4711" });

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.Contains("Dynamics 4711", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "not JSON", "AX")]
    [InlineData(3, "not JSON", "{ \"formatVersion\": 1,\n\"mappings\": [\n} ]")]
    [InlineData(2, "formatVersion", "{\n\"formatVersion\": 2, \"mappings\": [], \"targets\": {} }")]
    [InlineData(4, "Nowhere", "{ \"formatVersion\": 1, \"mappings\": [\n{ \"family\": \"f\", \"source\": { \"name\": \"s\", \"partNumber\": \"P\" },\n\"targets\": [\n\"Nowhere\"] }], \"targets\": { \"T\": { \"skuId\": \"1e1a282c-9c54-43a2-9310-98ef728faace\" } } }")]
    [InlineData(3, "GUID", "{ \"formatVersion\": 1, \"targets\": {\n\"T\": {\n\"skuId\": \"1e1a282c\" } }, \"mappings\": [{}] }")]
    [InlineData(2, "color", "{ \"formatVersion\": 1,\n\"color\": \"red\", \"mappings\": [], \"targets\": {} }")]
    [InlineData(2, "qualified", "{ \"formatVersion\": 1, \"mappings\": [{ \"family\": \"f\", \"source\": { \"name\": \"s\", \"partNumber\": \"P\" }, \"targets\": [\n\"T\"] }], \"targets\": { \"T\": { \"qualified\": true, \"skuId\": \"1e1a282c-9c54-43a2-9310-98ef728faace\" } } }")]
    [InlineData(3, "tier", "{ \"formatVersion\": 1, \"targets\": { \"T\": { \"offers\": [\n{ \"offerId\": \"E5AEEDC5-E2F0-4099-AA45-95802034D7F8\", \"to\": 99 },\n{ \"offerId\": \"58CD6573-6784-4467-B2FC-1A06BB874ED6\", \"from\": 101 }] } }, \"mappings\": [{}] }")]
    [InlineData(3, "recognized", "{ \"formatVersion\": 1, \"targets\": { \"T\": { \"skuId\": \"1e1a282c-9c54-43a2-9310-98ef728faace\" } }, \"mappings\": [\n{ \"family\": \"f\", \"targets\": [\"T\"], \"source\":\n{ \"name\": \"s\" } }] }")]
    [InlineData(3, "twice", "{ \"formatVersion\": 1, \"targets\": { \"T\": { \"skuId\": \"1e1a282c-9c54-43a2-9310-98ef728faace\" } }, \"mappings\": [\n{ \"family\": \"f\", \"targets\": [\"T\"], \"source\": { \"name\": \"s\", \"partNumber\": \"P\" } },\n{ \"family\": \"f\", \"targets\": [\"T\"], \"source\": { \"name\": \"t\", \"partNumber\": \"P\" } }] }")]
    public async Task A_bad_file_is_refused_with_file_line_column_and_reason(int line, string reason, string text)
    {
        using var file = new TemporaryFile("mine.json", text);

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => SandboxRun.StartAsync("contoso", configure: options => options.SkuMapPaths = [file.Path]));

        Assert.Equal("MapInvalid", error.ErrorId);
        Assert.Contains("mine.json", error.Problem, StringComparison.Ordinal);
        Assert.Contains(reason, error.Problem, StringComparison.Ordinal);
        var place = Regex.Match(error.Problem, "line ([0-9]+), column ([0-9]+)");
        Assert.True(place.Success, error.Problem);
        Assert.Equal(line, int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.True(int.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_too()
    {
        var error = await Assert.ThrowsAsync<CspMigrationException>(
            () => SandboxRun.StartAsync("contoso", configure: options => options.SkuMapPaths = ["/nowhere/at-all.json"]));

        Assert.Equal("MapInvalid", error.ErrorId);
        Assert.Contains("at-all.json", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_default_of_the_built_in_map_is_qualified()
    {
        Assert.All(SkuMap.BuiltIn.Mappings.Where(mapping => mapping.NoTargetReason is null), mapping => Assert.Equal(
            [(true, false)], mapping.Targets.Where(target => target.IsDefault).Select(target => (target == mapping.Targets[0], target.IsQualified))));
    }

    private static string Map(string source, string target, string targets, bool replaces = false) => $$"""
        {
          "formatVersion": 1,
          "replacesBuiltIn": {{(replaces ? "true" : "false")}},
          "mappings": [{ "family": "Mine", "source": {{source}}, "targets": ["{{target}}"] }],
          "targets": { {{targets}} }
        }
        """;

    // A session reads its maps when it connects.
    private static async Task<SandboxRun> StartAsync(string scenario, string map)
    {
        using var file = new TemporaryFile("map.json", map);
        return await SandboxRun.StartAsync(scenario, configure: options => options.SkuMapPaths = [file.Path]);
    }

    [Fact]
    public async Task A_map_that_cannot_be_read_is_told_before_anybody_signs_in()
    {
        RequestRecorder? recorder = null;

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => SandboxRun.StartAsync(
            "contoso", inner => recorder = new RequestRecorder(inner), options => options.SkuMapPaths = ["no such map.json"]));

        Assert.Equal("MapInvalid", e.ErrorId);
        Assert.Empty(recorder!.All);
    }
}
