using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>Groups that assign licenses.</summary>
internal static class DirectoryGroups
{
    public static Answer List(Call call) => GraphCall.Page(call, call.Account.Groups.Select((group, place) => (place, Of(group))));

    public static JObject Of(Group group) => GraphResource.Of(group);

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
        return GraphCall.Page(call, group.Members.Where(group.Errors.ContainsKey).Select((member, place) => (place, DirectoryUsers.Of(call, member))));
    }

    private static JObject Typed(JObject resource, string type)
    {
        resource.AddFirst(new JProperty("@odata.type", "#microsoft.graph." + type));
        return resource;
    }
}
