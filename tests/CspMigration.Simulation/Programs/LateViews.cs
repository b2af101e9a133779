using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Sandbox;
using CspMigration.Simulation.Worlds;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Simulation.Programs;

/// <summary>What the service shows late, or leaves out: properties in the list of subscriptions, and the units of the directory SKUs.</summary>
internal sealed class LateViews(WorldSpec world, HttpMessageInvoker service, TimeProvider time)
{
    private readonly Dictionary<string, List<(DateTimeOffset Until, string Text)>> _former = [];

    /// <summary>What is left out: <c>units</c>, <c>consumed</c> or <c>sku-id</c>, and the directory SKU.</summary>
    public HashSet<(string What, string SkuId)> Hidden { get; } = [];

    /// <summary>Keeps what is shown now, for as long as it goes on being shown.</summary>
    public async Task BeforeWriteAsync(string customerId)
    {
        if (world.ViewLag > TimeSpan.Zero)
        {
            await KeepAsync($"/v1/customers/{customerId}/subscriptions");
        }

        if (world.UnitsLag > TimeSpan.Zero)
        {
            await KeepAsync($"/v1/customers/{customerId}/subscribedskus");
        }
    }

    /// <summary>The answer as the service gives it: late, and with parts missing.</summary>
    public async Task<HttpResponseMessage> ChangeAsync(Call call, HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return response;
        }

        if (call.IsList && Former(call, world.ViewLag) is { } list)
        {
            return Answer(response, Merge(JObject.Parse(await response.Content.ReadAsStringAsync()), JObject.Parse(list)));
        }

        if (call.IsUnits && (Former(call, world.UnitsLag) ?? (Hidden.Count > 0 ? await response.Content.ReadAsStringAsync() : null)) is { } units)
        {
            return Answer(response, WithoutHidden(JObject.Parse(units)));
        }

        return call.IsProvisioning && Hidden.Count > 0 ? Answer(response, WithoutHiddenId(JObject.Parse(await response.Content.ReadAsStringAsync()))) : response;
    }

    private async Task KeepAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(SandboxTenant.BaseAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "whoever looks");
        using var response = await service.SendAsync(request, CancellationToken.None);
        if (!_former.TryGetValue(path, out var former))
        {
            _former[path] = former = [];
        }

        former.Add((time.GetUtcNow(), await response.Content.ReadAsStringAsync()));
    }

    // As it was so long ago; null where nothing has changed since.
    private string? Former(Call call, TimeSpan lag)
    {
        var path = call.IsList ? $"/v1/customers/{call.CustomerId}/subscriptions" : $"/v1/customers/{call.CustomerId}/subscribedskus";
        return lag > TimeSpan.Zero && _former.TryGetValue(path, out var former) ? former.FirstOrDefault(view => view.Until > time.GetUtcNow() - lag).Text : null;
    }

    // What is new is listed at once, unless the world's list is late in that too.
    private static JObject Merge(JObject now, JObject former)
    {
        var items = (JArray)now["items"]!;
        var before = ((JArray)former["items"]!).ToDictionary(item => (string)item["id"]!, StringComparer.OrdinalIgnoreCase);
        now["items"] = new JArray(items.Select(item => before.GetValueOrDefault((string)item["id"]!, item)));
        return now;
    }

    private JObject WithoutHidden(JObject units)
    {
        foreach (var item in ((JArray)units["items"]!).Cast<JObject>().ToList())
        {
            var skuId = (string)item["productSku"]!["id"]!;
            if (Hidden.Contains(("units", skuId)))
            {
                item.Remove();
            }
            else if (Hidden.Contains(("consumed", skuId)))
            {
                _ = item.Remove("consumedUnits");
            }
        }

        return units;
    }

    private JObject WithoutHiddenId(JObject status)
    {
        var skuId = ((string?)status["skuId"])?.ToLowerInvariant();
        if (skuId is not null && Hidden.Contains(("sku-id", skuId)))
        {
            _ = status.Remove("skuId");
        }

        return status;
    }

    private static HttpResponseMessage Answer(HttpResponseMessage response, JObject body)
    {
        response.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        return response;
    }
}
