using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using NJsonSchema;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>A family of the built-in map beside the two of Dynamics (docs/rules.md, rule 32), and the maps that come as examples or with the tests.</summary>
public sealed class Office365E4Tests
{
    private const string EnterpriseE5 = "c7df2760-2c81-4ef7-b578-5b5392b571df";
    private const string EnterpriseE3 = "6fd2c87f-b296-42f0-b197-1e91e994b900";

    [Theory]
    [InlineData(null, EnterpriseE5)]
    [InlineData("Office 365 E5", EnterpriseE5)]
    [InlineData("Office 365 E3", EnterpriseE3)]
    [InlineData("Microsoft Office 365 E3", EnterpriseE3)]
    [InlineData("ENTERPRISEPACK", EnterpriseE3)]
    [InlineData("CFQ7TTC0SB0G:0001", EnterpriseE3)]
    public async Task Office_365_E4_migrates_through_new_commerce_recognised_by_its_directory_SKU(string? target, string skuId)
    {
        using var run = await StartAsync();
        var found = await run.FindAsync();

        var bought = await run.BuyAsync(found, new PurchaseOptions { Target = target });
        var moves = await run.MoveAsync(bought);
        var ended = await run.SuspendAsync(moves);

        Assert.Empty(run.Errors);
        Assert.All(bought, purchase => Assert.Equal(
            (TargetOutcome.Purchased, CommerceKind.NewCommerce, skuId, 15), (purchase.Outcome, purchase.Commerce, purchase.SkuId, purchase.Quantity)));
        Assert.All(moves, move => Assert.Equal((12, true), (move.Moved, move.IsComplete)));
        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.Suspended], ended.Select(subscription => subscription.Outcome));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("examples/TeamsSuites/WithTeams.json")]
    [InlineData("examples/TeamsSuites/WithoutTeams.json")]
    [InlineData("examples/TeamsSuites/WithoutTeamsEea.json")]
    [InlineData("tests/EdgeCases.SkuMap.json")]
    public async Task The_map_follows_the_published_schema(string map)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("module", "SkuMap.schema.json"));

        Assert.Empty(schema.Validate(await File.ReadAllTextAsync(Repository.PathOf(map.Split('/')))));
    }

    [Fact]
    public async Task What_was_switched_off_stays_off_or_is_listed()
    {
        using var run = await StartAsync();

        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()));

        Assert.All(moves, move =>
        {
            var user = Assert.Single(move.Users, user => user.ExcludedPlans.Count + user.LostPlans.Count > 0);
            Assert.Equal((1, 1), (user.ExcludedPlans.Count, user.LostPlans.Count));
        });
    }

    [Fact]
    public async Task Where_a_map_without_it_stands_in_place_of_the_built_in_one_nothing_is_bought()
    {
        using var file = new TemporaryFile("map.json", """
            {
              "formatVersion": 1,
              "replacesBuiltIn": true,
              "mappings": [{ "family": "f", "source": { "name": "s", "partNumber": "NO_SUCH" }, "targets": ["t"] }],
              "targets": { "t": { "skuId": "1e1a282c-9c54-43a2-9310-98ef728faace" } }
            }
            """);
        using var run = await SandboxRun.StartAsync("office365-e4", configure: options => options.SkuMapPaths = [file.Path]);
        var found = await run.FindAsync();

        Assert.Empty(await run.BuyAsync(found));

        Assert.Equal("NoTarget", (await run.CheckAsync(found[0])).ErrorId);
        Assert.Equal(0, run.Writes());
    }

    private static Task<SandboxRun> StartAsync() => SandboxRun.StartAsync("office365-e4");
}
