using System.Linq;
using CspMigration.Sandbox.Errors;
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

    /// <summary>Adds a user, or a group, by the address that <c>@odata.id</c> has (learn.microsoft.com/graph/api/group-post-members).</summary>
    public static Answer AddMember(Call call)
    {
        var group = GraphCall.Group(call);
        var address = call.Body.NonEmptyText("@odata.id") ?? throw GraphRefusals.BadRequest("The property '@odata.id' is required.");
        var id = address.Substring(address.LastIndexOf('/') + 1);
        var user = call.Account.FindUser(id) is { IsDeleted: false } found ? found : null;
        var nested = user == null ? call.Account.FindGroup(id) ?? throw GraphRefusals.NotFound(id) : null;
        if (user == null ? group.NestedGroups.Contains(nested!) : group.Members.Contains(user))
        {
            throw GraphRefusals.IsMember();
        }

        if (user == null)
        {
            group.NestedGroups.Add(nested!);
        }
        else
        {
            group.Members.Add(user);
            call.Account.Begin(GroupLicensing.OfMember(call.Context, group, user));
        }

        return Answer.WithStatus(204);
    }

    /// <summary>Removes a member; what the group assigned is taken from a user in the background (learn.microsoft.com/graph/api/group-delete-members).</summary>
    public static Answer RemoveMember(Call call)
    {
        var (group, id) = (GraphCall.Group(call), call["memberId"]);
        if (call.Account.FindUser(id) is { } user && group.Members.Remove(user))
        {
            call.Account.Begin(GroupLicensing.OfMember(call.Context, group, user));
        }
        else if (call.Account.FindGroup(id) is not { } nested || !group.NestedGroups.Remove(nested))
        {
            throw GraphRefusals.NotFound(id);
        }

        return Answer.WithStatus(204);
    }

    private static JObject Typed(JObject resource, string type)
    {
        resource.AddFirst(new JProperty("@odata.type", "#microsoft.graph." + type));
        return resource;
    }
}
