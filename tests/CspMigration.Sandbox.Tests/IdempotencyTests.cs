using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class IdempotencyTests
{
    [Fact]
    public async Task The_same_order_with_the_same_id_is_one_order()
    {
        using var client = new Client();
        var first = (await client.Order(Offers.OperationsPlan, 20, "x", RequestIds.A)).Expect(201);
        client.Provision();
        var again = (await client.Order(Offers.OperationsPlan, 20, "x", RequestIds.UpperCaseA)).Expect(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
        var requests = client.Tenant.GetRequests();
        Assert.Equal((2, 1, 1), (requests.Total, requests.Writes, requests.ByRoute.Values.Sum()));
        _ = (await client.Order(Offers.OperationsPlan, 20, "x", RequestIds.B)).Expect(201);
        Assert.Equal(3, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task A_refusal_is_kept_too()
    {
        using var client = new Client();
        var body = new { licensesToRemove = new[] { Offers.OperationsPlanSku } };
        var path = $"{client.CustomerPath}/users/{client.Customer.Users[0].Id}/licenseupdates";
        var first = (await client.Post(path, body, RequestIds.A)).Expect(400);
        var again = (await client.Post(path, body, RequestIds.A)).Expect(400);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(1, client.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_change_is_carried_out_once()
    {
        using var client = new Client();
        var thirty = await client.SourceWith(("quantity", 30));
        _ = (await client.Patch(client.SourcePath, thirty.DeepClone(), RequestIds.A)).Expect(200);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 40)), RequestIds.B)).Expect(200);
        Assert.Equal(30, (int)(await client.Patch(client.SourcePath, thirty, RequestIds.A)).Expect(200).Json["quantity"]!);
        Assert.Equal(40, client.Source.Quantity);
    }

    [Fact]
    public async Task An_id_with_another_request_is_a_new_request()
    {
        using var client = new Client();
        _ = (await client.Order(Offers.OperationsPlan, 20, "x", RequestIds.A)).Expect(201);
        _ = (await client.Order(Offers.OperationsPlan, 21, "x", RequestIds.A)).Expect(201);
        _ = (await client.Patch(client.SourcePath, await client.SourceWith(("quantity", 30)), RequestIds.A)).Expect(200);
        _ = (await client.Get("v1/customers", RequestIds.A)).Expect(200);
        Assert.Equal([25 + 5, 20, 21], client.Customer.Subscriptions.Select(subscription => subscription.Quantity));
    }

    [Fact]
    public async Task The_same_order_is_one_order_however_its_path_is_spelled()
    {
        using var client = new Client();
        var body = new { LineItems = new[] { new { LineItemNumber = 0, OfferId = Offers.OperationsPlan, Quantity = 20 } } };
        var first = (await client.Post(client.CustomerPath + "/orders", body, RequestIds.A)).Expect(201);
        var again = (await client.Post(client.CustomerPath.ToUpperInvariant() + "//Orders/", body, RequestIds.A)).Expect(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task Concurrent_requests_with_the_same_id_are_carried_out_once()
    {
        using var client = new Client();
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => client.Order(Offers.OperationsPlan, 20, "x", RequestIds.A))));
        Assert.All(replies, reply => reply.Expect(201));
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }
}
