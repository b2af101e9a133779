using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>Purchases in new commerce by cart and checkout.</summary>
internal static class Shop
{
    /// <summary>The catalog item on sale to a customer that provisions this SKU and is not a trial; null if there is none.</summary>
    public static async Task<string?> Find(Client client, string customerPath, string skuId, string segment = "commercial")
    {
        var products = (await client.Get(customerPath + "/products?targetView=OnlineServices")).Expect(200).Items;
        foreach (var product in products)
        {
            var path = $"{customerPath}/products/{product!["id"]}/skus";
            foreach (var sku in (await client.Get(path)).Expect(200).Items)
            {
                if ((string?)sku!["dynamicAttributes"]!["provisioningId"] == skuId && !(bool)sku["isTrial"]!)
                {
                    var availabilities = (await client.Get($"{path}/{sku["id"]}/availabilities")).Expect(200).Items;
                    return (string?)availabilities.First(availability => (string?)availability!["segment"] == segment)!["catalogItemId"];
                }
            }
        }

        return null;
    }

    public static JsonObject Line(string item, int quantity, string term = "P1Y", string cycle = "monthly", string? name = null, int id = 0) => new()
    {
        ["id"] = id,
        ["catalogItemId"] = item,
        ["friendlyName"] = name,
        ["quantity"] = quantity,
        ["termDuration"] = term,
        ["billingCycle"] = cycle,
    };

    public static Task<Reply> Cart(Client client, string customerPath, params JsonObject[] lines) =>
        client.Post(customerPath + "/carts", new JsonObject { ["lineItems"] = new JsonArray([.. lines]) });

    /// <summary>Purchases, waits until the seats are provisioned, and returns the subscription.</summary>
    public static async Task<SandboxSubscription> Buy(Client client, string skuId, int quantity, string term = "P1Y", string? name = null)
    {
        var item = await Find(client, client.CustomerPath, skuId);
        var cart = (await Cart(client, client.CustomerPath, Line(item!, quantity, term, name: name))).Expect(201).Json;
        _ = (await client.Post($"{client.CustomerPath}/carts/{cart["id"]}/checkout", null)).Expect(201);
        client.Provision();
        return client.Customer.Subscriptions[^1];
    }
}
