using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Benchmarks;

/// <summary>
/// What a competent admin's script with the vendor's own module sends: for one customer with N users of whom L hold the
/// old license, S subscriptions, U pages of users and P looks at the provisioning, 4 + U + N + L + S x (3 + P) calls, one
/// by one. A bare HttpClient, so without that module's own cost.
/// </summary>
internal sealed class SequentialScript : IDisposable
{
    private const int PageSize = 500;

    private readonly HttpClient _http;
    private int _calls;

    public SequentialScript(Uri endpoint)
    {
        _http = new HttpClient { BaseAddress = new Uri(endpoint, "v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t");
    }

    /// <summary>How many calls are made at most; the time of the rest is that of so many more of their mean.</summary>
    public int CallsMeasured { get; init; } = int.MaxValue;

    /// <summary>How many calls the whole work takes.</summary>
    public int CallsInAll { get; private set; }

    /// <summary>How far it is, in words.</summary>
    public string HowFar => $"{_calls:N0} of {Math.Min(CallsMeasured, CallsInAll):N0} calls";

    /// <summary>C / page + C calls.</summary>
    public async Task<TimeSpan> DiscoverAsync(int customers)
    {
        CallsInAll = Pages(customers) + customers;
        var clock = Stopwatch.StartNew();
        for (var page = await GetAsync($"customers?size={PageSize}"); page is not null; page = await NextAsync(page))
        {
            foreach (var customer in page["items"]!.AsArray())
            {
                _ = await GetAsync($"customers/{customer!["id"]}/subscriptions");
                if (_calls >= CallsMeasured)
                {
                    return clock.Elapsed / _calls * CallsInAll;
                }
            }
        }

        CallsInAll = _calls;
        return clock.Elapsed;
    }

    /// <summary>One subscription, from finding it to suspending it.</summary>
    public async Task<TimeSpan> MigrateAsync(ExpiringSubscription source, TargetSubscription target, int users, int holders)
    {
        // Before the users: customers, customer, subscriptions, offers, the order and the subscription it made; after them, the suspension.
        CallsInAll = 7 + Pages(users) + users + holders;
        var clock = Stopwatch.StartNew();
        var customer = source.CustomerId;
        _ = await GetAsync($"customers?size={PageSize}");
        _ = await GetAsync($"customers/{customer}");
        var subscriptions = await GetAsync($"customers/{customer}/subscriptions");
        _ = await GetAsync("offers?country=US");
        await BuyAsync(customer, target);
        for (var page = await GetAsync($"customers/{customer}/users?size={PageSize}"); page is not null; page = await NextAsync(page))
        {
            foreach (var user in page["items"]!.AsArray().Select(user => user!["id"]!.GetValue<string>()))
            {
                await MoveAsync(customer, user, target);
                if (_calls >= CallsMeasured)
                {
                    return clock.Elapsed / _calls * CallsInAll;
                }
            }
        }

        var old = subscriptions["items"]!.AsArray().Single(item => Same(item!["id"]!.GetValue<string>(), source.SubscriptionId))!.DeepClone().AsObject();
        old["status"] = "suspended";
        _ = await SendAsync(HttpMethod.Patch, $"customers/{customer}/subscriptions/{source.SubscriptionId}", old);
        CallsInAll = _calls;
        return clock.Elapsed;
    }

    public void Dispose() => _http.Dispose();

    private static int Pages(int items) => (items + PageSize - 1) / PageSize;

    private async Task BuyAsync(string customer, TargetSubscription target)
    {
        var order = new JsonObject
        {
            ["referenceCustomerId"] = customer,
            ["billingCycle"] = target.BillingCycle,
            ["lineItems"] = new JsonArray(new JsonObject { ["lineItemNumber"] = 0, ["offerId"] = target.OfferId, ["quantity"] = target.Quantity }),
        };
        var placed = await SendAsync(HttpMethod.Post, $"customers/{customer}/orders", order);
        var subscriptions = await GetAsync($"customers/{customer}/subscriptions");
        var bought = subscriptions["items"]!.AsArray().Single(item => Same(item!["orderId"]!.GetValue<string>(), placed["id"]!.GetValue<string>()))!;
        var subscription = bought["id"]!.GetValue<string>();
        string status;
        do
        {
            CallsInAll++;
            status = (await GetAsync($"customers/{customer}/subscriptions/{subscription}/provisioningstatus"))["status"]!.GetValue<string>();
        }
        while (!status.Equals("success", StringComparison.OrdinalIgnoreCase));
    }

    private async Task MoveAsync(string customer, string user, TargetSubscription target)
    {
        var licenses = await GetAsync($"customers/{customer}/users/{user}/licenses");
        var holds = licenses["items"]!.AsArray().Any(license => Same(license!["productSku"]!["id"]!.GetValue<string>(), target.SourceSkuId));
        if (holds)
        {
            var update = new JsonObject
            {
                ["licensesToAssign"] = new JsonArray(new JsonObject { ["skuId"] = target.SkuId, ["excludedPlans"] = new JsonArray() }),
                ["licensesToRemove"] = new JsonArray(target.SourceSkuId),
            };
            _ = await SendAsync(HttpMethod.Post, $"customers/{customer}/users/{user}/licenseupdates", update);
        }
    }

    private async Task<JsonObject?> NextAsync(JsonObject page)
    {
        if (page["links"]?["next"] is not { } next)
        {
            return null;
        }

        using var message = new HttpRequestMessage(HttpMethod.Get, next["uri"]!.GetValue<string>().TrimStart('/').Replace("v1/", "", StringComparison.Ordinal));
        foreach (var header in next["headers"]?.AsArray() ?? [])
        {
            message.Headers.Add(header!["key"]!.GetValue<string>(), header["value"]!.GetValue<string>());
        }

        return await ReadAsync(message);
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        return await ReadAsync(message);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject body)
    {
        using var message = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        return await ReadAsync(message);
    }

    private async Task<JsonObject> ReadAsync(HttpRequestMessage message)
    {
        _calls++;
        using var response = await _http.SendAsync(message);
        _ = response.EnsureSuccessStatusCode();
        return (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(), new JsonNodeOptions { PropertyNameCaseInsensitive = true }))!.AsObject();
    }

    private static bool Same(string one, string? other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
