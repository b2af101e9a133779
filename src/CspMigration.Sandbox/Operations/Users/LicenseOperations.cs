using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Users;

/// <summary>The routes that read the licenses of a user and the SKUs of a customer.</summary>
internal static class LicenseOperations
{
    private const string DefaultGroup = "group1";

    public static Answer List(Call call)
    {
        if (call.User.IsDeleted)
        {
            throw Refusals.NoSuchUser(call.User.Id);
        }

        var groups = Groups(call);
        return Answer.Ok(Json.Collection(call.User.Licenses.Where(license => IsIn(groups, license.Sku)).Select(UserResource.Of)));
    }

    public static Answer SubscribedSkus(Call call)
    {
        var groups = Groups(call);
        var pools = call.Account.Skus.Where(sku => IsIn(groups, sku))
            .Select(sku => SeatPool.Of(call.Account, sku, call.Now))
            .Where(pool => pool.Total > 0 || pool.Consumed > 0);
        return Answer.Ok(Json.Collection(pools.Select(UserResource.Of)));
    }

    // Without the parameter only the first group is returned; a query for both has it twice.
    private static List<string> Groups(Call call)
    {
        var groups = call.Query.All("licenseGroupIds").SelectMany(value => value.Split(',')).Where(value => value.Length > 0).ToList();
        return groups.Count > 0 ? groups : [DefaultGroup];
    }

    private static bool IsIn(List<string> groups, DirectorySku sku) => groups.Contains(sku.LicenseGroup, AnyCase.Comparer);
}
