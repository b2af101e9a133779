using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Oracle;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>A client of an in-process sandbox, on a clock that only the test moves.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient _http;

    public Client(string scenario = "contoso", Action<SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions { Scenario = scenario, Time = Time };
        configure?.Invoke(options);
        Tenant = ObservedSandbox.Create(options);
        _http = new HttpClient(Tenant.CreateHandler()) { BaseAddress = SandboxTenant.BaseAddress };
        Token = "user";
    }

    public ManualTime Time { get; } = new();

    public SandboxTenant Tenant { get; }

    /// <summary>The bearer token; null for none.</summary>
    public string? Token
    {
        get => _http.DefaultRequestHeaders.Authorization?.Parameter;
        set => _http.DefaultRequestHeaders.Authorization = value == null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    /// <summary>The only customer, or the first.</summary>
    public SandboxCustomer Customer => Tenant.GetState().Customers[0];

    public string CustomerPath => "v1/customers/" + Customer.Id;

    /// <summary>The first customer's first subscription.</summary>
    public SandboxSubscription Source => Customer.Subscriptions[0];

    public string SourcePath => $"{CustomerPath}/subscriptions/{Source.Id}";

    public void Dispose() => _http.Dispose();

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Reply> Post(string path, object? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public Task<Reply> Put(string path, object? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, body, headers);

    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<Reply> Patch(string path, object? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Patch, path, body, headers);

    /// <summary>Sends a request; a body that is not text is serialized as JSON.</summary>
    public async Task<Reply> Send(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body != null)
        {
            var text = body as string ?? (body as JsonNode)?.ToJsonString() ?? JsonSerializer.Serialize(body);
            request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await _http.SendAsync(request);
        return new Reply(response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The body of the source subscription, with some members replaced.</summary>
    public async Task<JsonNode> SourceWith(params (string Name, JsonNode? Value)[] changes) => With((await Get(SourcePath)).Json, changes);

    public static JsonNode With(JsonNode resource, params (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            resource[name] = value;
        }

        return resource;
    }

    /// <summary>Orders one offer for the first customer.</summary>
    public Task<Reply> Order(string offerId, int quantity, string? friendlyName = null, params (string Name, string Value)[] headers) =>
        Order(CustomerPath, offerId, quantity, friendlyName, headers);

    public Task<Reply> Order(string customerPath, string offerId, int quantity, string? friendlyName, params (string Name, string Value)[] headers) => Post(
        customerPath + "/orders",
        new
        {
            BillingCycle = "monthly",
            LineItems = new[] { new { LineItemNumber = 0, OfferId = offerId, FriendlyName = friendlyName, Quantity = quantity } },
        },
        headers);

    /// <summary>Moves the clock until the seats of a purchase are provisioned.</summary>
    public void Provision() => Time.Advance(TimeSpan.FromSeconds(1));

    public SandboxSubscription Subscription(string offerId) =>
        Customer.Subscriptions.Last(subscription => string.Equals(subscription.OfferId, offerId, StringComparison.OrdinalIgnoreCase));

    public Task<Reply> UpdateLicenses(string userId, string[]? assign = null, string[]? remove = null, string[]? excludedPlans = null) => Post(
        $"{CustomerPath}/users/{userId}/licenseupdates",
        new
        {
            LicensesToAssign = assign?.Select(sku => new { SkuId = sku, ExcludedPlans = excludedPlans }),
            LicensesToRemove = remove,
        });
}
