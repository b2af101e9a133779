using System;
using System.Collections.Generic;
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

    /// <summary>Makes a user a member of a group, whose licenses follow in the background.</summary>
    public Task JoinAsync(SandboxCustomer customer, string groupId, string userId)
    {
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{userId}" });
        return SendToGraphAsync(customer, HttpMethod.Post, $"groups/{groupId}/members/$ref", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    /// <summary>Removes a user from a group.</summary>
    public Task LeaveAsync(SandboxCustomer customer, string groupId, string userId) => SendToGraphAsync(customer, HttpMethod.Delete, $"groups/{groupId}/members/{userId}/$ref", content: null);

    public void Dispose() => _http.Dispose();

    private async Task SendToGraphAsync(SandboxCustomer customer, HttpMethod method, string path, HttpContent? content)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = Guid.Empty.ToString(),
            ["refresh_token"] = "somebody else's",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var signedIn = await _http.PostAsync(new Uri($"{customer.Id}/oauth2/v2.0/token", UriKind.Relative), form);
        var token = (string?)JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!["access_token"];
        using var request = new HttpRequestMessage(method, "v1.0/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

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
