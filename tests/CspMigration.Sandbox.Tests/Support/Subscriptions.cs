using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>Reads and changes the first customer's subscriptions.</summary>
internal static class Subscriptions
{
    public static string Path(this Client client, SandboxSubscription subscription) => $"{client.CustomerPath}/subscriptions/{subscription.Id}";

    /// <summary>The subscription as it is now.</summary>
    public static SandboxSubscription Now(this Client client, SandboxSubscription subscription) =>
        client.Customer.Subscriptions.Single(candidate => candidate.Id == subscription.Id);

    /// <summary>Sends a subscription back with some members replaced.</summary>
    public static async Task<Reply> Change(this Client client, SandboxSubscription subscription, params (string Name, JsonNode? Value)[] changes) =>
        await client.Patch(client.Path(subscription), Client.With((await client.Get(client.Path(subscription))).Json, changes));

    /// <summary>Moves the clock to a moment.</summary>
    public static void To(this Client client, string moment) => client.Tenant.AdvanceClock(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture));
}
