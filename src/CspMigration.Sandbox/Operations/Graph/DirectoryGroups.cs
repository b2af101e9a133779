using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>Groups that assign licenses.</summary>
internal static class DirectoryGroups
{
    /// <summary>All groups, or those that assign a SKU.</summary>
    public static Answer List(Call call)
    {
        var skuId = GraphCall.SkuFilter(call);
        var groups = call.Account.Groups.Where(group => skuId == null || group.Licenses.Any(license => AnyCase.AreEqual(license.Sku.Id, skuId))).ToList();
        return GraphCall.Page(call, groups.Select((group, place) => (place, Of(call, group))), call.Query.Flag("$count") ? groups.Count : null);
    }

    public static JObject Of(Call call, Group group) => GraphResource.Of(group, GroupLicensing.IsUnderWay(call.Account, group));

    /// <summary>The direct members: users, and the groups in it.</summary>
    public static Answer Members(Call call)
    {
        var group = GraphCall.Group(call);
        var users = group.Members.Where(member => !member.IsDeleted).Select(member => Typed(DirectoryUsers.Of(call, member), "user"));
        var groups = group.NestedGroups.Select(nested => Typed(new JObject { ["id"] = nested.Id, ["displayName"] = nested.DisplayName }, "group"));
        return GraphCall.Page(call, users.Concat(groups).Select((member, place) => (place, member)));
    }

    public static Answer MembersWithErrors(Call call)
    {
        var group = GraphCall.Group(call);
        return GraphCall.Page(call, group.Members.Where(member => member.GroupErrors.ContainsKey(group)).Select((member, place) => (place, DirectoryUsers.Of(call, member))));
    }

    private static JObject Typed(JObject resource, string type)
    {
        resource.AddFirst(new JProperty("@odata.type", "#microsoft.graph." + type));
        return resource;
    }
}
