using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations;

/// <summary>The users in a customer's directory.</summary>
internal static class UserOperations
{
    private const string Users = "/v1/customers/{customerId}/users";
    private const string UserRoute = Users + "/{userId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Users, Needs.Directory, List),
        new("POST", Users, Needs.Directory | Needs.UserCreation, Create),
        new("GET", UserRoute, Needs.Directory, call => Answer.Ok(UserResource.Of(call.Customer, call.User))),
        new("PATCH", UserRoute, Needs.Directory, Patch),
        new("GET", UserRoute + "/licenses", Needs.Directory | Needs.Licensing, LicenseOperations.List),
        new("DELETE", UserRoute, Needs.Directory | Needs.UserCreation, Delete),
        new("POST", UserRoute + "/licenseupdates", Needs.Directory | Needs.Licensing, LicenseUpdate.Post) { Audited = new("update_customer_user_licenses", "license") },
        new("GET", "/v1/customers/{customerId}/subscribedskus", Needs.Directory | Needs.Licensing, LicenseOperations.SubscribedSkus),
    ];

    private static Answer List(Call call)
    {
        var deleted = Filter.Of(call, Words.UserFields) is { } filter && WantsDeleted(filter);
        var users = Sort(call, call.Account.Users.Where(user => user.IsDeleted == deleted)).ToList();
        return Answer.Ok(Paging.Page(call, $"/customers/{call.Customer.Id}/users", users, user => UserResource.Of(call.Customer, user)));
    }

    private static bool WantsDeleted(Filter filter)
    {
        filter.Expect("equals");
        var state = Words.UserStates.Find(filter.Value) ?? throw Refuse.BadInput($"A user's state is one of {Words.UserStates}, not {filter.Value}.");
        return state == "inactive";
    }

    private static IEnumerable<User> Sort(Call call, IEnumerable<User> users)
    {
        if (call.Query.Word("sortField", Words.SortFields) is not { } field)
        {
            return users;
        }

        Func<User, string> key = field switch
        {
            "DisplayName" => user => user.DisplayName,
            "UserPrincipalName" => user => user.UserPrincipalName,
            _ => user => user.UsageLocation ?? "",
        };
        return call.Query.Word("sortDirection", Words.SortDirections) == "Descending"
            ? users.OrderByDescending(key, StringComparer.OrdinalIgnoreCase)
            : users.OrderBy(key, StringComparer.OrdinalIgnoreCase);
    }

    private static Answer Create(Call call)
    {
        var name = call.Body.Text("userPrincipalName") ?? throw Refuse.InvalidProperty("userPrincipalName", "it is missing.");
        var user = new User
        {
            Id = call.NextId("user"),
            UserPrincipalName = name,
            FirstName = call.Body.Text("firstName") ?? "",
            LastName = call.Body.Text("lastName") ?? "",
            UsageLocation = Location(call),
        };
        call.Account.Add(user);
        return Answer.Created(UserResource.Of(call.Customer, user));
    }

    private static Answer Patch(Call call)
    {
        var user = call.User;
        if (user.IsDeleted)
        {
            throw Refuse.NoSuchUser(user.Id);
        }

        user.UsageLocation = Location(call) ?? user.UsageLocation;
        return Answer.Ok(UserResource.Of(call.Customer, user));
    }

    // The user stays in the directory's list of deleted ones; the licences are free at once.
    private static Answer Delete(Call call)
    {
        if (call.User.IsDeleted)
        {
            throw Refuse.NoSuchUser(call.User.Id);
        }

        call.Account.SetLicenses(call.User, []);
        call.User.DeletedOn = call.Now;
        return Answer.WithStatus(204);
    }

    private static string? Location(Call call) => Countries.Read(call.Body, "usageLocation");
}
