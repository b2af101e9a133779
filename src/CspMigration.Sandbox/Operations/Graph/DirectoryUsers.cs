using System;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>Users as Microsoft Graph lists them.</summary>
internal static class DirectoryUsers
{
    private static readonly string[] Usual = ["id", "userPrincipalName", "displayName", "givenName", "surname"];

    /// <summary>
    /// All users, or the holders of a SKU. With <c>ConsistencyLevel: eventual</c> an index answers who they are, which lags
    /// (learn.microsoft.com/graph/aad-advanced-queries); what is written of each is current all the same.
    /// </summary>
    public static Answer List(Call call)
    {
        var isOfIndex = AnyCase.AreEqual(call.Request.Header("ConsistencyLevel"), "eventual");
        var counts = call.Query.Flag("$count");
        if (counts && !isOfIndex)
        {
            throw GraphRefusals.Unsupported("$count needs the header ConsistencyLevel: eventual.");
        }

        var holds = Filter(call, isOfIndex ? call.World.GraphIndexLag : TimeSpan.Zero);
        var users = call.Account.Users.Select((user, place) => (place, user)).Where(item => !item.user.IsDeleted && holds(item.user));
        return GraphCall.Page(call, users.Select(item => (item.place, Of(call, item.user))), counts ? users.Count() : null);
    }

    public static JObject Of(Call call, User user)
    {
        var selected = call.Query["$select"]?.Split(',').Select(name => name.Trim()).ToArray() ?? Usual;
        var all = GraphResource.Of(user);
        return new JObject(all.Properties().Where(property => selected.Contains(property.Name, AnyCase.Comparer)));
    }

    public static Answer Patch(Call call)
    {
        var user = GraphCall.User(call);
        user.UsageLocation = Countries.Read(call.Body, "usageLocation") ?? user.UsageLocation;
        user.IsEnabled = call.Body.Flag("accountEnabled") ?? user.IsEnabled;
        return Answer.WithStatus(204);
    }

    private static Func<User, bool> Filter(Call call, TimeSpan lag)
    {
        return GraphCall.SkuFilter(call) is not { } skuId ? _ => true
            : user => lag > TimeSpan.Zero ? user.HeldAt(skuId, call.Now - lag) : user.Holds(skuId);
    }
}
