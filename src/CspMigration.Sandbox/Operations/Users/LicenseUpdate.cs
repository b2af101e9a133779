using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Users;

/// <summary>
/// Assigns and removes licenses of one user in one atomic step. Assigning a SKU that the user holds changes its plans; removing
/// a SKU that the user does not hold is refused.
/// </summary>
internal static class LicenseUpdate
{
    public static Answer Post(Call call)
    {
        var user = call.User;
        if (user.IsDeleted)
        {
            throw Refusals.NoSuchUser(user.Id);
        }

        var assignments = call.Body.Objects("licensesToAssign").Select(item => Assignment(call, item)).ToList();
        var removals = call.Body.Texts("licensesToRemove");
        CheckLists(assignments, removals);
        if (assignments.Count > 0 && user.UsageLocation == null)
        {
            throw Refusals.NoUsageLocation(user);
        }

        foreach (var skuId in removals)
        {
            CheckRemoval(user, skuId);
        }

        var next = user.After(assignments, removals);
        CheckConflicts(user, next);
        foreach (var sku in assignments.Select(license => license.Sku).Where(sku => !user.Holds(sku.Id)))
        {
            if (SeatPool.Of(call.Account, sku, call.Now).Available < 1)
            {
                throw Refusals.NoFreeSeat(call.Customer, sku);
            }
        }

        var before = user.Licenses.ToList();
        call.Account.SetLicenses(user, next);
        call.World.Observer?.AfterLicenseUpdate(call.Customer, call.Account, user, before);
        return Answer.Created(Resource(assignments, removals));
    }

    private static License Assignment(Call call, JsonBody item)
    {
        var skuId = item.Text("skuId") ?? throw Refusals.InvalidProperty("skuId", "a license to assign has none.");
        var sku = call.Account.Skus.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Id, skuId) && candidate.IsAssignable)
            ?? throw Refusals.NotSubscribed(skuId);
        var excluded = item.Texts("excludedPlans");
        foreach (var planId in excluded.Where(planId => sku.Plan(planId) == null))
        {
            throw Refusals.InvalidProperty("excludedPlans", $"{planId} is no service plan of SKU {sku.Id}.");
        }

        return License.Direct(sku, excluded.Select(planId => sku.Plan(planId)!.Id));
    }

    private static void CheckLists(List<License> assignments, IReadOnlyList<string> removals)
    {
        var skuIds = assignments.Select(license => license.Sku.Id).Concat(removals).ToList();
        if (skuIds.Count == 0)
        {
            throw Refusals.BadInput("There is no license to assign or to remove.");
        }

        if (skuIds.Distinct(AnyCase.Comparer).Count() < skuIds.Count)
        {
            throw Refusals.BadInput("A SKU is named twice.");
        }

        var groups = skuIds.Select(SkuCatalog.Instance.Find).Where(sku => sku != null).Select(sku => sku!.LicenseGroup);
        if (groups.Distinct().Count() > 1)
        {
            throw Refusals.BadInput("All SKUs of one update must be of the same license group.");
        }
    }

    private static void CheckRemoval(User user, string skuId)
    {
        var held = user.License(skuId) ?? throw Refusals.NotHeld(user, skuId);
        if (held.InheritedFromGroup)
        {
            throw Refusals.GroupHeld(user, held.Sku);
        }
    }

    private static void CheckConflicts(User user, List<License> licenses)
    {
        if (License.Conflict(licenses) is var (one, other))
        {
            throw Refusals.ConflictingPlans(user, one, other);
        }
    }

    private static JObject Resource(List<License> assignments, IReadOnlyList<string> removals)
    {
        var resource = new JObject();
        if (assignments.Count > 0)
        {
            resource["licensesToAssign"] = new JArray(assignments.Select(license => new JObject
            {
                ["excludedPlans"] = new JArray(license.DisabledPlans),
                ["skuId"] = license.Sku.Id,
            }));
        }

        if (removals.Count > 0)
        {
            resource["licensesToRemove"] = new JArray(removals);
        }

        resource["licenseWarnings"] = new JArray();
        resource["attributes"] = Json.Attributes("LicenseUpdate");
        return resource;
    }
}
