using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Talks to the sandbox past the module: what another administrator does in Partner Center, and what it says afterwards.</summary>
internal sealed class DirectService : IDisposable
{
    private readonly HttpClient _http;

    public DirectService(SandboxTenant tenant)
    {
        _http = new HttpClient(tenant.CreateHandler()) { BaseAddress = SandboxTenant.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "somebody else");
    }

    public async Task<JsonNode> GetAsync(string path) => await SendAsync(HttpMethod.Get, path, body: null, entityTag: null);

    public Task<JsonNode> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body, entityTag: null);

    /// <summary>Changes a subscription, or any other resource that is sent back whole.</summary>
    public async Task ChangeAsync(string path, params (string Name, JsonNode? Value)[] changes)
    {
        var resource = await GetAsync(path);
        foreach (var (name, value) in changes)
        {
            resource[name] = value;
        }

        _ = await SendAsync(HttpMethod.Patch, path, resource, (string?)resource["attributes"]?["etag"]);
    }

    public Task ChangeSubscriptionAsync(SandboxCustomer customer, string subscriptionId, params (string Name, JsonNode? Value)[] changes) =>
        ChangeAsync($"customers/{customer.Id}/subscriptions/{subscriptionId}", changes);

    public Task OrderAsync(SandboxCustomer customer, string offerId, int quantity, string friendlyName, string billingCycle = "monthly", string? partnerIdOnRecord = null) => PostAsync(
        $"customers/{customer.Id}/orders",
        new { PartnerOnRecordAttestationAccepted = partnerIdOnRecord is not null, BillingCycle = billingCycle, LineItems = new[] { new { LineItemNumber = 0, OfferId = offerId, FriendlyName = friendlyName, Quantity = quantity, PartnerIdOnRecord = partnerIdOnRecord } } });

    public Task AssignAsync(SandboxCustomer customer, SandboxUser user, params string[] skuIds) => PostAsync(
        $"customers/{customer.Id}/users/{user.Id}/licenseupdates",
        new { licensesToAssign = skuIds.Select(skuId => new { skuId }), licensesToRemove = Array.Empty<string>() });

    /// <summary>Deletes a user, whose licenses are free then.</summary>
    public async Task DeleteUserAsync(SandboxCustomer customer, SandboxUser user)
    {
        using var response = await _http.DeleteAsync(new Uri($"v1/customers/{customer.Id}/users/{user.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, string? entityTag)
    {
        using var request = new HttpRequestMessage(method, "v1/" + path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (entityTag is not null)
        {
            _ = request.Headers.TryAddWithoutValidation("If-Match", entityTag);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
