using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Discovery;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>Results come as they are found, and whoever has enough ends the rest.</summary>
public sealed class StreamingTests
{
    private const int Customers = 3400;
    private const string Pages = "GET /v1/customers";
    private const string Subscriptions = "GET /v1/customers/{customerId}/subscriptions";

    [Fact]
    public async Task The_first_find_comes_while_later_pages_are_still_to_come()
    {
        using var run = await SandboxRun.StartAsync($"scale:customers={Customers},subscriptions=1,users=0");
        long? pagesAtFirst = null;

        await FindAsync(run, _ => pagesAtFirst ??= run.Tenant.GetRequests().Count(Pages), CancellationToken.None);

        // One or two pages are fetched ahead, not all seven.
        Assert.InRange(pagesAtFirst!.Value, 1, 3);
        Assert.Equal(7, run.Tenant.GetRequests().Count(Pages));
    }

    [Fact]
    public async Task Who_has_enough_ends_the_rest()
    {
        using var run = await SandboxRun.StartAsync($"scale:customers={Customers},subscriptions=1,users=0");
        using var enough = new CancellationTokenSource();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FindAsync(run, _ => enough.Cancel(), enough.Token));

        var requests = run.Tenant.GetRequests();
        Assert.InRange(requests.Count(Pages), 1, 3);
        Assert.InRange(requests.Count(Subscriptions), 1, 100);
    }

    [Fact]
    public async Task A_slow_reader_of_the_finds_keeps_the_search_from_running_ahead()
    {
        using var run = await SandboxRun.StartAsync($"scale:customers={Customers},subscriptions=1,users=0");
        var taken = 0;
        var ahead = new List<long>();

        await FindAsync(
            run,
            _ =>
            {
                taken++;
                ahead.Add(run.Tenant.GetRequests().Count(Subscriptions) - taken);
            },
            CancellationToken.None);

        Assert.Equal(Customers, taken);
        Assert.InRange(ahead.Max(), 0, 100);
    }

    [Fact]
    public async Task When_the_search_has_been_ended_no_call_is_left()
    {
        HoldingHandler? held = null;
        using var run = await SandboxRun.StartAsync(
            $"scale:customers={Customers},subscriptions=1,users=0", inner => held = new HoldingHandler(inner, "/subscriptions"));
        using var user = new CancellationTokenSource();
        var search = FindAsync(run, _ => { }, user.Token);
        await held!.ReachedAsync(calls: 20);

        await user.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);

        Assert.Equal(0, held.UnderWay);
    }

    [Fact]
    public async Task Named_customers_are_looked_up_several_at_once_and_found_in_the_order_of_their_names()
    {
        MeetingHandler? meeting = null;
        using var run = await SandboxRun.StartAsync(
            "scale:customers=40,subscriptions=1,users=0", inner => meeting = new MeetingHandler(inner, "", calls: 8) { IsOn = false });
        var ids = run.Tenant.GetState().Customers.Select(customer => customer.Id).Reverse().ToList();
        var unknown = "00000000-5a4d-0000-0000-00000000dead";
        meeting!.IsOn = true;

        var rows = await run.FindAsync(query => query.Customers = [.. ids.Take(20), unknown, .. ids]);

        Assert.Equal(ids, rows.Select(row => row.CustomerId));
        Assert.Equal(unknown, run.TakeError().CustomerId);
    }

    [Fact]
    public async Task Who_has_enough_of_named_customers_ends_the_looking_up()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=300,subscriptions=1,users=0");
        var ids = run.Tenant.GetState().Customers.Select(customer => customer.Id).ToList();
        using var enough = new CancellationTokenSource();
        var operation = run.Client;
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90), Customers = ids };

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            operation.Discovery.FindAsync(query, _ => enough.CancelAsync(), error => throw error, enough.Token));

        Assert.InRange(run.Tenant.GetRequests().Count("GET /v1/customers/{customerId}"), 1, 200);
    }

    private static Task FindAsync(SandboxRun run, Action<IReadOnlyList<ExpiringSubscription>> found, CancellationToken cancellationToken)
    {
        var operation = run.Client;
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) };
        return operation.Discovery.FindAsync(query, Results.Each(found), error => throw error, cancellationToken);
    }
}
