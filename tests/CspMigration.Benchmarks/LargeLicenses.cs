using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>
/// Gives every user the licenses of a real tenant: beside what the sandbox says, three more, and as many service plans in each as
/// the larger SKUs have.
/// </summary>
internal sealed class LargeLicenses(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int OtherLicenses = 3;
    private const int PlansEach = 30;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Get || !request.RequestUri!.AbsolutePath.EndsWith("/licenses", StringComparison.Ordinal) || !response.IsSuccessStatusCode)
        {
            return response;
        }

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        var licenses = body["items"]!.AsArray();
        foreach (var number in Enumerable.Range(1, OtherLicenses))
        {
            licenses.Add(new JsonObject
            {
                ["productSku"] = new JsonObject { ["id"] = Id(number, 0), ["skuPartNumber"] = $"OTHER_SKU_{number}" },
                ["servicePlans"] = new JsonArray(),
            });
        }

        foreach (var (license, index) in licenses.Select((license, index) => (license!, index)))
        {
            var plans = license["servicePlans"]!.AsArray();
            while (plans.Count < PlansEach)
            {
                plans.Add(Plan(index, plans.Count));
            }
        }

        response.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return response;
    }

    private static JsonObject Plan(int license, int number) => new()
    {
        ["id"] = Id(license, number + 1),
        ["serviceName"] = string.Create(CultureInfo.InvariantCulture, $"SERVICE_PLAN_{license}_{number}"),
        ["displayName"] = string.Create(CultureInfo.InvariantCulture, $"The service with number {number} of SKU {license}"),
        ["capabilityStatus"] = "Assigned",
    };

    private static string Id(int license, int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-5a4d-0000-{license:x4}-{number:x12}");
}
