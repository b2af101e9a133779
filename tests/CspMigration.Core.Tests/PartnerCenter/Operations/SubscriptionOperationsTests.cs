using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Resources;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Operations;

public sealed class SubscriptionOperationsTests : IDisposable
{
    private const string Address = "https://partner.example/v1/customers/c1/subscriptions";

    private readonly VirtualTime _clock = VirtualTime.Automatic();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task A_customers_subscriptions_are_listed()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Subscription)));
        using var service = new ScriptedService(_clock, handler);

        var list = await service.Client.Subscriptions.ListAsync(CustomerId.From("c1"), CancellationToken.None);

        Assert.Equal(ResourceTexts.SubscriptionId, Assert.Single(list).Id.ToString());
        Assert.Equal(Address, handler.Requests[0].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task Provisioning_is_read_of_one_subscription()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.ProvisioningStatus));
        using var service = new ScriptedService(_clock, handler);

        var status = await service.Client.Subscriptions.GetProvisioningStatusAsync(CustomerId.From("c1"), SubscriptionId.From("s1"), CancellationToken.None);

        Assert.True(status.Succeeded);
        Assert.Equal("54b84594-9c77-4499-8d65-5e0d5f410e78", status.SkuId.ToString());
        Assert.Equal(Address + "/s1/provisioningstatus", handler.Requests[0].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task A_change_sends_back_all_that_is_there_under_the_tag_it_was_read_with()
    {
        var handler = new ScriptedHandler(_clock, Active, Suspended);
        using var service = new ScriptedService(_clock, handler);

        var changed = await SuspendAsync(service);

        Assert.Equal(["GET", "PATCH"], handler.Requests.Select(request => request.Method));
        Assert.All(handler.Requests, request => Assert.Equal($"{Address}/{ResourceTexts.SubscriptionId}", request.Uri.AbsoluteUri));
        Assert.Equal("\"1\"", handler.Requests[1].Header("If-Match"));
        Assert.True(JToken.DeepEquals(JToken.Parse(Text("suspended", etag: "1")), JToken.Parse(handler.Requests[1].Body!)));
        Assert.True(changed.IsSuspended);
    }

    [Fact]
    public async Task Without_an_entity_tag_a_change_is_sent_without_a_condition()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(Text("active", etag: null)), Suspended);
        using var service = new ScriptedService(_clock, handler);

        _ = await SuspendAsync(service);

        Assert.Null(handler.Requests[1].Header("If-Match"));
    }

    [Fact]
    public async Task A_change_accepted_without_a_body_is_read_again()
    {
        var handler = new ScriptedHandler(_clock, Active, ScriptedAnswer.Empty(202), Suspended);
        using var service = new ScriptedService(_clock, handler);

        var changed = await SuspendAsync(service);

        Assert.True(changed.IsSuspended);
        Assert.Equal(["GET", "PATCH", "GET"], handler.Requests.Select(request => request.Method));
    }

    [Theory]
    [InlineData(409, "{\"code\":800014}")]
    [InlineData(412, "")]
    [InlineData(400, "{\"code\":2055}")]
    [InlineData(429, "{\"statusCode\":429,\"message\":\"Rate limit is exceeded. Try again in 57 seconds.\"}")]
    [InlineData(503, "")]
    public async Task A_change_that_could_not_be_made_is_made_again_on_what_is_there_then(int status, string body)
    {
        var handler = new ScriptedHandler(_clock, Active, ScriptedAnswer.Json(body, status), ScriptedAnswer.Json(Text("active", etag: "7", name: "Renamed")), Suspended);
        using var service = new ScriptedService(_clock, handler);

        _ = await SuspendAsync(service);

        Assert.Equal(["GET", "PATCH", "GET", "PATCH"], handler.Requests.Select(request => request.Method));
        Assert.Equal("\"7\"", handler.Requests[3].Header("If-Match"));
        Assert.Equal("Renamed", (string?)JToken.Parse(handler.Requests[3].Body!)["friendlyName"]);
        Assert.NotEqual(handler.Requests[1].Header("MS-RequestId"), handler.Requests[3].Header("MS-RequestId"));
    }

    [Theory]
    [InlineData(412)]
    [InlineData(503)]
    public async Task A_change_that_is_there_already_is_not_made_again(int status)
    {
        var handler = new ScriptedHandler(_clock, Active, ScriptedAnswer.Empty(status), Suspended);
        using var service = new ScriptedService(_clock, handler);

        var changed = await SuspendAsync(service);

        Assert.True(changed.IsSuspended);
        Assert.Equal(["GET", "PATCH", "GET"], handler.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task What_is_as_it_should_be_is_not_sent()
    {
        var handler = new ScriptedHandler(_clock, Suspended);
        using var service = new ScriptedService(_clock, handler);

        _ = await SuspendAsync(service);

        _ = Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_change_that_meets_another_twice_is_given_up()
    {
        var handler = new ScriptedHandler(_clock, Active, ScriptedAnswer.Empty(412), Active, ScriptedAnswer.Empty(412));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => SuspendAsync(service));

        Assert.Equal(412, e.StatusCode);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task Another_refusal_of_a_change_is_final()
    {
        var handler = new ScriptedHandler(_clock, Active, ScriptedAnswer.Json("""{"code":800091}""", 400));
        using var service = new ScriptedService(_clock, handler);

        _ = await Assert.ThrowsAsync<CspMigrationException>(() => SuspendAsync(service));

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task What_is_there_may_forbid_the_change()
    {
        var handler = new ScriptedHandler(_clock, Active);
        using var service = new ScriptedService(_clock, handler);

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => service.Client.Subscriptions.SetStatusAsync(
            CustomerId.From("c1"), SubscriptionId.From(ResourceTexts.SubscriptionId), "suspended", CancellationToken.None, current => throw new InvalidOperationException(current.Status)));

        _ = Assert.Single(handler.Requests);
    }

    private static ScriptedAnswer Active => ScriptedAnswer.Json(Text("active", etag: "1"));

    private static ScriptedAnswer Suspended => ScriptedAnswer.Json(Text("Suspended", etag: "2"));

    private static Task<Subscription> SuspendAsync(ScriptedService service) =>
        service.Client.Subscriptions.SetStatusAsync(CustomerId.From("c1"), SubscriptionId.From(ResourceTexts.SubscriptionId), "suspended", CancellationToken.None);

    private static string Text(string status, string? etag, string name = "AX for the plant")
    {
        var json = JObject.Parse(ResourceTexts.Subscription);
        json["status"] = status;
        json["friendlyName"] = name;
        json["attributes"]!["etag"] = etag;
        return json.ToString();
    }
}
