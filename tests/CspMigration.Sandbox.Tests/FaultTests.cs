using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class FaultTests
{
    private const string OrdersRoute = "/v1/customers/{customerId}/orders";

    [Fact]
    public async Task A_status_fault_answers_and_carries_nothing_out()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "status:503"));
        var reply = (await client.Order(Offers.OperationsPlan, 20)).Expect(503);
        Assert.Equal(503, (int)reply.Json["statusCode"]!);
        _ = Assert.Single(client.Customer.Subscriptions);
        Assert.Equal(0, client.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_throttling_fault_names_the_time_to_wait_and_is_counted()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("*", "*", "status:429;retry-after=7"));
        var reply = (await client.Get("v1/customers")).Expect(429);
        Assert.Equal("7", reply.Header("Retry-After"));
        Assert.Equal(1, client.Tenant.GetRequests().Throttled);
    }

    [Fact]
    public async Task A_status_fault_can_carry_a_code_of_the_service()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("*", "*", "status:409;code=800060"));
        _ = (await client.Get("v1/customers")).ExpectError(409, 800060);
    }

    [Fact]
    public async Task A_connection_dropped_before_carries_nothing_out()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "drop-before"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.Order(Offers.OperationsPlan, 20, null, RequestIds.A));
        _ = Assert.IsType<IOException>(error.InnerException);
        _ = Assert.Single(client.Customer.Subscriptions);
        _ = (await client.Order(Offers.OperationsPlan, 20, null, RequestIds.A)).Expect(201);
        Assert.Equal(1, client.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_connection_dropped_after_carries_the_request_out_and_keeps_the_answer()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "drop-after"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.Order(Offers.OperationsPlan, 20, null, RequestIds.A));
        _ = Assert.IsType<IOException>(error.InnerException);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
        _ = (await client.Order(Offers.OperationsPlan, 20, null, RequestIds.A)).Expect(201);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
        Assert.Equal(1, client.Tenant.GetRequests().Writes);
    }

    [Fact]
    public async Task A_truncated_body_breaks_off_while_it_is_read()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("GET", "/v1/customers", "truncate", times: 2));
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => client.Get("v1/customers"));
        using var http = new HttpClient(client.Tenant.CreateHandler()) { BaseAddress = SandboxTenant.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/customers");
        request.Headers.Authorization = new("Bearer", "user");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var buffer = new MemoryStream();
        _ = await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(buffer));
        Assert.Equal(response.Content.Headers.ContentLength / 2, buffer.Length);
    }

    [Fact]
    public async Task A_proxys_page_hides_what_was_done()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "html"));
        var reply = (await client.Order(Offers.OperationsPlan, 20)).Expect(502);
        Assert.StartsWith("<html>", reply.Text, StringComparison.Ordinal);
        Assert.Equal("text/html", reply.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task An_empty_answer_keeps_only_the_status_of_what_was_done()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "empty"));
        Assert.Empty((await client.Order(Offers.OperationsPlan, 20)).Expect(201).Bytes);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
    }

    [Fact]
    public async Task A_delay_holds_back_the_answer_until_the_clock_has_moved()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("POST", OrdersRoute, "delay:2000"));
        var order = client.Order(Offers.OperationsPlan, 20);
        Assert.False(order.IsCompleted);
        Assert.Equal(2, client.Customer.Subscriptions.Count);
        client.Time.Advance(TimeSpan.FromSeconds(2));
        _ = (await order).Expect(201);
    }

    [Fact]
    public async Task A_fault_skips_some_requests_then_hits_some_then_lets_all_pass()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("GET", "/v1/customers", "status:500", skip: 2, times: 3));
        var statuses = new int[7];
        for (var index = 0; index < statuses.Length; index++)
        {
            statuses[index] = (await client.Get("v1/customers")).Status;
        }

        Assert.Equal([200, 200, 500, 500, 500, 200, 200], statuses);
    }

    [Fact]
    public async Task Each_fault_counts_independently_and_only_matching_requests()
    {
        using var client = new Client();
        client.Tenant.SetFaults(
            new SandboxFault("get", "/V1/Customers", "status:500"),
            new SandboxFault("GET", "*", "status:502", skip: 1),
            new SandboxFault("POST", "*", "status:504"));
        Assert.Equal(500, (await client.Get("v1/customers")).Status);
        Assert.Equal(502, (await client.Get(client.SourcePath)).Status);
        Assert.Equal(200, (await client.Get("v1/customers")).Status);
        Assert.Equal(504, (await client.Order(Offers.OperationsPlan, 20)).Status);
    }

    [Fact]
    public async Task New_faults_replace_the_former_and_the_controls_are_never_hit()
    {
        using var client = new Client();
        client.Tenant.SetFaults(new SandboxFault("*", "*", "drop-before", times: 1000));
        _ = (await client.Get("sandbox/state")).Expect(200);
        _ = (await client.Post("sandbox/faults", """[{"method":"GET","route":"/v1/customers","skip":0,"times":1,"action":"status:500"}]""")).Expect(200);
        _ = (await client.Get(client.SourcePath)).Expect(200);
        _ = (await client.Get("v1/customers")).Expect(500);
        _ = (await client.Post("sandbox/faults", "[]")).Expect(200);
        _ = (await client.Get("v1/customers")).Expect(200);
    }

    [Fact]
    public async Task Latency_holds_back_every_answer()
    {
        using var client = new Client(configure: options => options.Latency = TimeSpan.FromMilliseconds(50));
        var replies = Enumerable.Range(0, 5).Select(_ => client.Get("v1/customers")).ToList();
        Assert.All(replies, reply => Assert.False(reply.IsCompleted));
        Assert.Equal(5, client.Time.Waiting);
        client.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.All(await Task.WhenAll(replies), reply => reply.Expect(200));
    }
}
