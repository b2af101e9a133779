using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Users;

/// <summary>The users in a customer's directory.</summary>
internal static class UserOperations
{
    private const string Users = "/v1/customers/{customerId}/users";
    private const string UserRoute = Users + "/{userId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Users, Needs.Directory, List),
        new("POST", Users, Needs.Directory | Needs.UserCreation, Create) { Audited = new("create_customer_user", "customer_user") },
        new("GET", UserRoute, Needs.Directory, call => Answer.Ok(UserResource.Of(call.Customer, call.User))),
        new("PATCH", UserRoute, Needs.Directory, Patch) { Audited = new("update_customer_user", "customer_user") },
        new("GET", UserRoute + "/licenses", Needs.Directory | Needs.Licensing, LicenseOperations.List),
        new("DELETE", UserRoute, Needs.Directory | Needs.UserCreation, Delete) { Audited = new("delete_customer_user", "customer_user") },
        new("POST", UserRoute + "/licenseupdates", Needs.Directory | Needs.Licensing, LicenseUpdate.Post) { Audited = new("update_customer_user_licenses", "license") },
        new("GET", "/v1/customers/{customerId}/subscribedskus", Needs.Directory | Needs.Licensing, LicenseOperations.SubscribedSkus),
    ];

    private static Answer List(Call call)
    {
        var deleted = Filter.Of(call, Words.UserFields) is { } filter && WantsDeleted(filter);
        var users = Sort(call, call.Account.Users.Where(user => user.IsDeleted == deleted && !user.IsPurged(call.Now))).ToList();
        return Answer.Ok(Paging.Page(call, $"/customers/{call.Customer.Id}/users", users, user => UserResource.Of(call.Customer, user)));
    }

    private static bool WantsDeleted(Filter filter)
    {
        filter.Expect("equals");
        var state = Words.UserStates.Find(filter.Value) ?? throw Refusals.BadInput($"A user's state is one of {Words.UserStates}, not {filter.Value}.");
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
        var user = new User
        {
            Id = call.NextId("user"),
            UserPrincipalName = PrincipalName(call, self: null) ?? throw Refusals.InvalidProperty("userPrincipalName", "it is missing."),
            UsageLocation = Location(call),
        };
        SetNames(call.Body, user);
        call.Account.Add(user);
        return Answer.Created(UserResource.Of(call.Customer, user));
    }

    // Restoring is the only change of a deleted user.
    private static Answer Patch(Call call)
    {
        var user = call.User;
        var state = call.Body.Word("state", Words.UserStates);
        if (user.IsDeleted)
        {
            return state == "active" ? Restore(call, user) : throw Refusals.NoSuchUser(user.Id);
        }

        if (state == "inactive")
        {
            throw Refusals.InvalidProperty("state", "a user becomes inactive by being deleted.");
        }

        var principalName = PrincipalName(call, user);
        var location = Location(call);
        user.UserPrincipalName = principalName ?? user.UserPrincipalName;
        user.UsageLocation = location ?? user.UsageLocation;
        SetNames(call.Body, user);
        return Answer.Ok(UserResource.Of(call.Customer, user));
    }

    // The user stays in the list of deleted users; the licenses are free at once.
    private static Answer Delete(Call call)
    {
        var user = call.User;
        if (user.IsDeleted)
        {
            throw Refusals.NoSuchUser(user.Id);
        }

        user.FormerLicenses = user.Licenses.ToList();
        call.Account.SetLicenses(user, []);
        user.DeletedOn = call.Now;
        return Answer.WithStatus(204);
    }

    // The user keeps the licenses for which a seat is free.
    private static Answer Restore(Call call, User user)
    {
        CheckIsFree(call, user.UserPrincipalName, user);
        user.DeletedOn = null;
        foreach (var license in user.FormerLicenses.Where(license => SeatPool.Of(call.Account, license.Sku, call.Now).Available > 0).ToList())
        {
            call.Account.SetLicenses(user, [.. user.Licenses, license]);
        }

        user.FormerLicenses = [];
        return Answer.Ok(UserResource.Of(call.Customer, user));
    }

    private static void SetNames(JsonBody body, User user)
    {
        user.FirstName = body.NonEmptyText("firstName") ?? user.FirstName;
        user.LastName = body.NonEmptyText("lastName") ?? user.LastName;
        if (body.NonEmptyText("displayName") is { } displayName)
        {
            user.DisplayName = displayName;
        }
    }

    private static string? PrincipalName(Call call, User? self)
    {
        if (call.Body.NonEmptyText("userPrincipalName") is not { } name)
        {
            return null;
        }

        var at = name.IndexOf('@');
        if (at <= 0 || at == name.Length - 1)
        {
            throw Refusals.InvalidProperty("userPrincipalName", $"{name} is not of the form name@domain.");
        }

        CheckIsFree(call, name, self);
        return name;
    }

    private static void CheckIsFree(Call call, string principalName, User? self)
    {
        if (call.Account.Users.Any(other => other != self && !other.IsDeleted && AnyCase.AreEqual(other.UserPrincipalName, principalName)))
        {
            throw Refusals.InvalidProperty("userPrincipalName", $"another user is {principalName} already.");
        }
    }

    private static string? Location(Call call) => Countries.Read(call.Body, "usageLocation");
}
