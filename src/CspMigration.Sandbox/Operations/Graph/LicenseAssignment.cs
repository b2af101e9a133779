using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>
/// Adds and removes licenses in one step, of a user at once, of a group's members in the background
/// (learn.microsoft.com/graph/api/user-assignlicense, …/group-assignlicense).
/// </summary>
internal static class LicenseAssignment
{
    public static Answer OfUser(Call call)
    {
        var user = GraphCall.User(call);
        var (added, removals) = Read(call);
        var assignments = added.Select(license => License.Direct(license.Sku, license.DisabledPlans)).ToList();
        if (assignments.Count > 0 && user.UsageLocation == null)
        {
            throw GraphRefusals.NoLocation();
        }

        foreach (var skuId in removals)
        {
            var held = user.License(skuId) ?? throw GraphRefusals.NotHeld();
            if (held.InheritedFromGroup)
            {
                throw GraphRefusals.Inherited(held.Sku);
            }
        }

        var next = user.After(assignments, removals);
        if (License.Conflict(next) is var (one, other))
        {
            throw GraphRefusals.Conflict(one, other);
        }

        foreach (var sku in assignments.Select(license => license.Sku).Where(sku => !user.Holds(sku.Id)))
        {
            if (SeatPool.Of(call.Account, sku, call.Now).Available < 1)
            {
                throw GraphRefusals.NoUnits(sku);
            }
        }

        var before = user.Licenses.ToList();
        call.Account.SetLicenses(user, next);
        call.World.Observer?.AfterLicenseUpdate(call.Customer, call.Account, user, before);
        return Answer.Ok(GraphResource.Of(user));
    }

    public static Answer OfGroup(Call call)
    {
        var group = GraphCall.Group(call);
        var (added, removals) = Read(call);
        if (removals.Any(skuId => !group.Licenses.Any(license => AnyCase.AreEqual(license.Sku.Id, skuId))))
        {
            throw GraphRefusals.NotHeld();
        }

        group.Licenses =
        [
            .. group.Licenses.Where(license => !removals.Contains(license.Sku.Id, AnyCase.Comparer) && !added.Exists(other => other.Sku == license.Sku)),
            .. added,
        ];
        call.Account.Begin(GroupLicensing.OfChange(call.Context, group));
        return Answer.WithStatus(202, DirectoryGroups.Of(call, group));
    }

    private static (List<GroupLicense> Added, IReadOnlyList<string> Removals) Read(Call call)
    {
        if (!call.Body.Has("addLicenses") || !call.Body.Has("removeLicenses"))
        {
            throw GraphRefusals.BadRequest("The parameters addLicenses and removeLicenses are both required.");
        }

        var added = call.Body.Objects("addLicenses").Select(item => Assignment(call, item.Text("skuId") ?? "", item.Texts("disabledPlans"))).ToList();
        var removals = call.Body.Texts("removeLicenses");
        var skuIds = added.Select(license => license.Sku.Id).Concat(removals).ToList();
        return skuIds.Count == 0 || skuIds.Distinct(AnyCase.Comparer).Count() < skuIds.Count
            ? throw GraphRefusals.BadRequest("There is no license to change, or one is named twice.")
            : (added, removals);
    }

    private static GroupLicense Assignment(Call call, string skuId, IReadOnlyList<string> disabledPlans)
    {
        var sku = call.Account.Skus.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Id, skuId) && candidate.IsAssignable)
            ?? throw GraphRefusals.NoCompanyLicense(skuId);
        return new GroupLicense(sku, disabledPlans.Select(planId => Plan(sku, planId)).ToList());
    }

    private static string Plan(DirectorySku sku, string planId) =>
        sku.Plan(planId)?.Id ?? throw GraphRefusals.BadRequest($"Service plan {planId} is not part of license {sku.Id}.");
}
