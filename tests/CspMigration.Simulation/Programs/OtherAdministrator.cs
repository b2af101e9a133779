using System;
using System.Collections.Generic;
using System.Globalization;
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

/// <summary>
/// Someone who works in Partner Center by hand: <c>seats s1 +2</c>, <c>rename s1</c>, <c>renew s1 on|off</c>, <c>suspend s1</c>,
/// <c>resume s1</c>, <c>give u1 Sales</c>, <c>take u1 Sales</c>, <c>delete u1</c>, <c>locate u1</c>, <c>buy C TeamMembers 3</c>. What
/// the service refuses, and what is about something that is not there, does nothing.
/// </summary>
internal sealed class OtherAdministrator(ProgramRun run, HttpMessageInvoker service)
{

    public async Task DoAsync(IReadOnlyList<string> words)
    {
        switch (words[0])
        {
            case "seats":
                await ChangeAsync(words[1], "quantity", current => Math.Max(1, (int)current + int.Parse(words[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));
                break;
            case "rename":
                await ChangeAsync(words[1], "friendlyName", _ => "Renamed");
                break;
            case "renew":
                await ChangeAsync(words[1], "autoRenewEnabled", _ => words[2] == "on");
                break;
            case "suspend" or "resume":
                await ChangeAsync(words[1], "status", _ => words[0] == "suspend" ? "suspended" : "active");
                break;
            case "give":
                await UpdateAsync(words[1], "licensesToAssign", new JObject { ["skuId"] = WorldProduct.Of(words[2]).Sku.Id });
                break;
            case "take":
                await UpdateAsync(words[1], "licensesToRemove", WorldProduct.Of(words[2]).Sku.Id);
                break;
            case "locate" or "delete" when run.FindUser(words[1]) is { } user:
                var isDeletion = words[0] == "delete";
                _ = await SendAsync(user.CustomerId, isDeletion ? HttpMethod.Delete : HttpMethod.Patch, $"users/{user.UserId}", isDeletion ? null : new JObject { ["usageLocation"] = "US" });
                break;
            case "buy" when run.FindCustomer(words[1]) is { } customerId && WorldProduct.Of(words[2]).OfferId is { } offerId:
                var line = new JObject { ["LineItemNumber"] = 0, ["OfferId"] = offerId, ["FriendlyName"] = "By hand", ["Quantity"] = int.Parse(words[3], CultureInfo.InvariantCulture) };
                _ = await SendAsync(customerId, HttpMethod.Post, "orders", new JObject { ["LineItems"] = new JArray(line) });
                break;
            default:
                break;
        }
    }

    private async Task ChangeAsync(string name, string property, Func<JToken, JToken> change)
    {
        if (run.FindSubscription(name) is { } id && await SendAsync(id.CustomerId, HttpMethod.Get, $"subscriptions/{id.SubscriptionId}", null) is { } subscription)
        {
            subscription[property] = change(subscription[property]!);
            _ = await SendAsync(id.CustomerId, HttpMethod.Patch, $"subscriptions/{id.SubscriptionId}", subscription);
        }
    }

    private async Task UpdateAsync(string name, string list, JToken item)
    {
        if (run.FindUser(name) is { } user)
        {
            _ = await SendAsync(user.CustomerId, HttpMethod.Post, $"users/{user.UserId}/licenseupdates", new JObject { [list] = new JArray(item) });
        }
    }

    private async Task<JObject?> SendAsync(string customerId, HttpMethod method, string path, JObject? body)
    {
        if (method != HttpMethod.Get)
        {
            await run.Views.BeforeWriteAsync(customerId);
        }

        using var request = new HttpRequestMessage(method, new Uri(SandboxTenant.BaseAddress, $"/v1/customers/{customerId}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "somebody else");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        }

        using var response = await service.SendAsync(request, CancellationToken.None);
        return response.IsSuccessStatusCode && await response.Content.ReadAsStringAsync() is { Length: > 0 } text ? JObject.Parse(text) : null;
    }
}
