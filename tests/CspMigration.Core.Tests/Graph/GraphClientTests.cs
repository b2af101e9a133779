using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Graph;
using CspMigration.Graph.Batches;
using CspMigration.Graph.Http;
using CspMigration.Graph.Resources;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Graph;

/// <summary>What is sent to Microsoft Graph, and how its answers are read.</summary>
public sealed class GraphClientTests : IDisposable
{
    private const string Customer = "0a1b2c3d-0000-4000-8000-000000000001";
    private const string Sku = "0a1b2c3d-0000-4000-8000-000000000002";

    private readonly VirtualTime _clock = VirtualTime.Automatic();
    private readonly List<IDisposable> _owned = [];

    public void Dispose()
    {
        _owned.ForEach(item => item.Dispose());
        _clock.Dispose();
    }

    [Fact]
    public async Task Holders_are_asked_for_by_the_index_and_the_links_are_followed_as_they_are()
    {
        const string Link = "https://graph.example/v1.0/users?$filter=a%20b&$skiptoken=m~x%2B1";
        var handler = new ScriptedHandler(_clock, Page($"\"{Link}\"", User("1")), Page("null", User("2")));

        var users = await ReadAsync(Client(handler).HoldersAsync(Guid.Parse(Sku), CancellationToken.None));

        Assert.Equal(["1", "2"], users.Select(user => user.Id.ToString()));
        Assert.Equal(["eventual", "eventual"], handler.Requests.Select(request => request.Header("ConsistencyLevel")));
        Assert.Equal(
            $"https://graph.example/v1.0/users?$filter=assignedLicenses/any(x:x/skuId eq {Sku})&$count=true&$top=999&$select={GraphUser.Properties}",
            Uri.UnescapeDataString(handler.Requests[0].Uri.AbsoluteUri));
        Assert.Equal(Link, handler.Requests[1].Uri.AbsoluteUri);
        Assert.All(handler.Requests, request => Assert.DoesNotContain(request.Headers.Keys, name => name.StartsWith("MS-", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("https://evil.example/v1.0/users")]
    [InlineData("https://graph.example.evil.example/v1.0/users")]
    [InlineData("http://graph.example/v1.0/users")]
    [InlineData("https://graph.example:8443/v1.0/users")]
    [InlineData("https://user:word@graph.example/v1.0/users")]
    [InlineData("https://graph.example/beta/users")]
    [InlineData("/v1.0/users?$skiptoken=1")]
    public async Task A_link_to_anywhere_else_is_not_followed(string link)
    {
        var handler = new ScriptedHandler(_clock, Page($"\"{link}\"", User("1")));

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => ReadAsync(Client(handler).UsersAsync(CancellationToken.None)));

        Assert.Equal(("UnexpectedAnswer", Customer), (e.ErrorId, e.CustomerId));
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_with_an_error()
    {
        var handler = new ScriptedHandler(_clock, _ => Page("\"https://graph.example/v1.0/users?$skiptoken=1\"", User("1")));

        Assert.Equal("UnexpectedAnswer", (await Assert.ThrowsAsync<CspMigrationException>(() => ReadAsync(Client(handler).UsersAsync(CancellationToken.None)))).ErrorId);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task Words_that_nobody_knows_count_as_held_and_what_failed_does_not()
    {
        var handler = new ScriptedHandler(_clock, Page("null", $$"""
            {"id":"1","accountEnabled":false,"more":{},"licenseAssignmentStates":[
              {"skuId":"{{Sku}}","assignedByGroup":null,"disabledPlans":["a"],"state":"Glowing","error":"None"},
              {"skuId":"{{Sku}}","assignedByGroup":"g","state":"Error","error":"CountViolation"},
              {"skuId":"{{Sku}}","assignedByGroup":"h","state":"ActiveWithError","error":"DependencyViolation"}]}
            """));

        var user = Assert.Single(await ReadAsync(Client(handler).UsersAsync(CancellationToken.None)));

        Assert.False(user.IsEnabled);
        Assert.Equal([true, false, true], user.Assignments.Select(assignment => assignment.IsHeld));
        Assert.Equal("a", Assert.Single(user.Assignments[0].DisabledPlans).ToString());
    }

    [Fact]
    public async Task Each_change_of_a_batch_has_its_own_outcome_and_a_missing_answer_is_unknown()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""
            {"responses":[
              {"id":"2","status":400,"body":{"error":{"code":"Request_BadRequest","message":"User does not have a corresponding license."}}},
              {"id":"3","status":504,"headers":{},"body":{"error":{"code":"UnknownError","message":""}}},
              {"id":"0","status":200,"body":{"id":"u0"}}]}
            """));

        var ends = await Client(handler).ChangeLicensesAsync([.. Enumerable.Range(0, 4).Select(Change)], CancellationToken.None);

        Assert.Null(ends[0]);
        Assert.Equal((true, false, true), (ends[1]!.OutcomeUnknown, ends[2]!.OutcomeUnknown, ends[3]!.OutcomeUnknown));
        Assert.Equal((400, "User does not have a corresponding license."), (ends[2]!.StatusCode, ends[2]!.ServiceDescription));
        _ = Assert.Single(handler.Requests);
        Assert.Contains("\"url\":\"/users/u3/assignLicense\"", handler.Requests[0].Body!, StringComparison.Ordinal);
        Assert.Contains("\"removeLicenses\":[\"old\"]", handler.Requests[0].Body!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_items_alone_are_sent_again_after_the_longest_time_that_one_names()
    {
        var handler = new ScriptedHandler(
            _clock,
            ScriptedAnswer.Json("""{"responses":[{"id":"1","status":429,"headers":{"Retry-After":"0.249"}},{"id":"0","status":200,"body":{}},{"id":"2","status":429,"headers":{"Retry-After":"11"}}]}"""),
            ScriptedAnswer.Json("""{"responses":[{"id":"2","status":200},{"id":"1","status":200}]}"""));

        var ends = await Client(handler).ChangeLicensesAsync([.. Enumerable.Range(0, 3).Select(Change)], CancellationToken.None);

        Assert.All(ends, Assert.Null);
        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(12));
        Assert.DoesNotContain("users/u0", handler.Requests[1].Body!, StringComparison.Ordinal);
        Assert.Contains("users/u1", handler.Requests[1].Body!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_reply_is_unknown_for_every_item_and_nothing_is_sent_again()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Truncated("""{"responses":["""));

        var ends = await Client(handler).ChangeLicensesAsync([Change(0), Change(1)], CancellationToken.None);

        Assert.All(ends, end => Assert.True(end!.OutcomeUnknown));
        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Readings_that_fail_for_a_moment_are_repeated_one_by_one()
    {
        var handler = new ScriptedHandler(
            _clock,
            ScriptedAnswer.Json("""{"responses":[{"id":"0","status":503},{"id":"1","status":404,"body":{"error":{"code":"Request_ResourceNotFound","message":"gone"}}}]}"""),
            ScriptedAnswer.Json("""{"responses":[{"id":"0","status":200,"body":{"id":"u0","licenseAssignmentStates":[]}}]}"""));

        var readings = await Client(handler).ReadUsersAsync([UserId.From("u0"), UserId.From("u1")], CancellationToken.None);

        Assert.Equal(("u0", 404), (readings[0].User?.Id.ToString(), readings[1].Error?.StatusCode));
        Assert.DoesNotContain("u1", handler.Requests[1].Body!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_licenses_are_not_sent_is_unknown_and_the_others_are_read()
    {
        var handler = new ScriptedHandler(
            _clock,
            ScriptedAnswer.Json("""{"responses":[{"id":"0","status":200,"body":{"id":"u0"}},{"id":"1","status":200,"body":{"id":"u1","licenseAssignmentStates":[]}}]}"""));

        var readings = await Client(handler).ReadUsersAsync([UserId.From("u0"), UserId.From("u1")], CancellationToken.None);

        Assert.Equal((null, "UnexpectedAnswer"), (readings[0].User, readings[0].Error?.ErrorId));
        Assert.Equal("u1", readings[1].User?.Id.ToString());
    }

    [Fact]
    public async Task After_the_first_refusal_three_thousand_writes_are_sent_in_150_seconds_at_most()
    {
        var pace = new WritePace(_clock);
        var observer = new RecordingObserver();
        await pace.EnterAsync(2990, observer, CancellationToken.None);
        await pace.EnterAsync(2000, observer, CancellationToken.None);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);

        pace.Throttled(TimeSpan.FromSeconds(3));
        await pace.EnterAsync(20, observer, CancellationToken.None);

        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(151));
        Assert.NotEmpty(observer.Waits);
    }

    private static LicenseChange<IdKind.User> Change(int number) => new(UserId.From($"u{number}"), [new(SkuId.From("new"), [])], [SkuId.From("old")]);

    private static string User(string id) => $$"""{"id":"{{id}}","licenseAssignmentStates":[]}""";

    private static ScriptedAnswer Page(string link, params string[] users) => ScriptedAnswer.Json($$"""{"@odata.nextLink":{{link}},"value":[{{string.Join(',', users)}}]}""");

    private static async Task<List<GraphUser>> ReadAsync(IAsyncEnumerable<IReadOnlyList<GraphUser>> pages)
    {
        var users = new List<GraphUser>();
        await foreach (var page in pages)
        {
            users.AddRange(page);
        }

        return users;
    }

    private GraphClient Client(ScriptedHandler handler)
    {
        var pacer = new RequestPacer(_clock);
        var retry = new RetryRules(TimeSpan.FromMinutes(10), () => 1);
        var transport = new ServiceTransport(new ServiceTransportOptions
        {
            Endpoint = new Uri("https://graph.example/"),
            Handler = handler,
            Tokens = new SandboxTokenSource(new ServiceOptions()),
            Pacer = pacer,
            Retry = retry,
            Time = _clock,
            HasAnswered = true,
            Dialect = GraphDialect.Instance,
        });
        _owned.AddRange([transport, pacer]);
        var caller = new GraphCaller(transport, new CallContext(Guid.NewGuid(), new RecordingObserver()), CustomerId.From(Customer));
        return new GraphClient(caller, new BatchSender(caller, new WritePace(_clock), retry, _clock));
    }
}
