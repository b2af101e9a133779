using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Graph;

/// <summary>What the states of license assignments mean (docs/licenses.md, "The state of a license").</summary>
public sealed class LicenseStateTests
{
    private const string ByGroup = "Held by a group alone";

    [Theory]
    [InlineData("Disabled")]
    [InlineData("ActiveWithError")]
    [InlineData("AStateOfTheFuture")]
    public async Task Whatever_is_assigned_is_held_and_moved(string state)
    {
        using var run = await StartAsync("contoso", inner => new RequestRecorder(inner, (_, text) => WithState(text, state)));
        var target = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        var move = Assert.Single(await run.MoveAsync([target]));

        Assert.Equal((20, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.All(move.Users, moved => Assert.Equal(target.SkuId!, Assert.Single(run.Customer().Users.Single(user => user.Id == moved.UserId).Licenses).SkuId, ignoreCase: true));
    }

    [Fact]
    public async Task A_group_whose_license_is_out_of_service_is_switched_like_any_other()
    {
        using var run = await StartAsync("edge-cases", inner => new RequestRecorder(inner, (_, text) => WithState(text, "Disabled")));
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));

        var move = Assert.Single(await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch }));

        Assert.Empty(run.Errors);
        Assert.Equal((6, true), (move.Moved, move.IsComplete));
        Assert.DoesNotContain(move.Users, user => user.Reason is not null);
    }

    [Fact]
    public async Task A_group_that_could_not_take_a_license_from_a_member_is_not_switched()
    {
        using var run = await StartAsync("edge-cases", inner => new RequestRecorder(inner, (_, text) => WithState(text, "ActiveWithError").Replace("\"error\":\"None\"", "\"error\":\"DependencyViolation\"", StringComparison.Ordinal)));
        var target = await run.BuyOneAsync(await run.FindOneAsync(ByGroup));

        _ = await run.MoveAsync([target], new() { GroupLicense = GroupLicenseChoice.Switch });

        var error = run.TakeError();
        Assert.Equal("GroupNotSwitched", error.ErrorId);
        Assert.Contains("DependencyViolation", error.Problem, StringComparison.Ordinal);
        Assert.Equal(0, run.Tenant.GetRequests().Count("POST /v1.0/groups/{groupId}/assignLicense"));
    }

    [Fact]
    public async Task A_target_that_a_user_holds_out_of_service_is_assigned_again_before_the_source_goes()
    {
        string? outOfService = null;
        RequestRecorder? requests = null;
        using var run = await StartAsync("contoso", inner => requests = new RequestRecorder(inner, (_, text) => outOfService is null ? text : WithState(text, "Disabled", outOfService)));
        var target = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));
        var user = run.Customer().Users[0];
        using (var service = new DirectService(run.Tenant))
        {
            await service.AssignAsync(run.Customer(), user, target.SkuId!);
        }

        outOfService = target.SkuId;
        var move = Assert.Single(await run.MoveAsync([target]));

        Assert.Equal((20, true), (move.Moved, move.IsComplete));
        var update = requests!.All.Where(request => request.Path.EndsWith("/$batch", StringComparison.Ordinal)).SelectMany(request => JsonNode.Parse(request.Body)!["requests"]!.AsArray())
            .Single(item => (string?)item!["url"] == $"/users/{user.Id}/assignLicense")!["body"]!;
        Assert.Equal(target.SkuId!, (string?)Assert.Single(update["addLicenses"]!.AsArray())!["skuId"], ignoreCase: true);
        Assert.Equal(target.SourceSkuId!, (string?)Assert.Single(update["removeLicenses"]!.AsArray()), ignoreCase: true);
    }

    private static string WithState(string text, string state, string skuId = "[^\"]*")
    {
        return Regex.Replace(text, $"(\"skuId\":\\s*\"{skuId}\"[^{{}}]*?\"state\":\\s*\")Active\"", match => match.Groups[1].Value + state + "\"", RegexOptions.IgnoreCase);
    }

    private static Task<SandboxRun> StartAsync(string scenario, Func<HttpMessageHandler, HttpMessageHandler> through) => SandboxRun.StartAsync(scenario, through, options => options.LicenseApi = LicenseApi.Graph);
}
