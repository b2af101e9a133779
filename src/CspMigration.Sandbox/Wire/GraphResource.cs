using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>Users, groups and SKUs as Microsoft Graph writes them.</summary>
internal static class GraphResource
{
    public static JObject Of(User user) => new()
    {
        ["id"] = user.Id,
        ["userPrincipalName"] = user.UserPrincipalName,
        ["displayName"] = user.DisplayName,
        ["givenName"] = user.FirstName,
        ["surname"] = user.LastName,
        ["usageLocation"] = user.UsageLocation,
        ["accountEnabled"] = user.IsEnabled,
        ["assignedLicenses"] = new JArray(user.Licenses.Select(license => new JObject
        {
            ["disabledPlans"] = new JArray(license.DisabledPlans),
            ["skuId"] = license.Sku.Id,
        })),
        ["licenseAssignmentStates"] = new JArray(user.Licenses.SelectMany(States).Concat(user.GroupErrors.SelectMany(failed => Failed(failed.Key, failed.Value)))),
    };

    /// <param name="group">The group.</param>
    /// <param name="isProcessing">Whether its members have yet to follow a change.</param>
    public static JObject Of(Group group, bool isProcessing) => new()
    {
        ["id"] = group.Id,
        ["displayName"] = group.DisplayName,
        ["assignedLicenses"] = new JArray(group.Licenses.Select(license => new JObject
        {
            ["disabledPlans"] = new JArray(license.DisabledPlans),
            ["skuId"] = license.Sku.Id,
        })),
        ["licenseProcessingState"] = new JObject { ["state"] = isProcessing ? "ProcessingInProgress" : "ProcessingComplete" },
    };

    public static JObject Of(SeatPool pool) => new()
    {
        ["skuId"] = pool.Sku.Id,
        ["skuPartNumber"] = pool.Sku.PartNumber,
        ["appliesTo"] = pool.Sku.IsAssignable ? "User" : "Company",
        ["capabilityStatus"] = pool switch
        {
            { Active: > 0 } => "Enabled",
            { Warning: > 0 } => "Warning",
            { Suspended: > 0 } => "Suspended",
            _ => "Deleted",
        },
        ["consumedUnits"] = pool.Consumed,
        ["prepaidUnits"] = new JObject
        {
            ["enabled"] = pool.Active,
            ["suspended"] = pool.Suspended,
            ["warning"] = pool.Warning,
            ["lockedOut"] = 0,
        },
        ["servicePlans"] = new JArray(pool.Sku.Plans.Select(plan => new JObject
        {
            ["servicePlanId"] = plan.Id,
            ["servicePlanName"] = plan.Name,
            ["appliesTo"] = plan.TargetType == "Tenant" ? "Company" : "User",
            ["provisioningStatus"] = "Success",
        })),
    };

    private static IEnumerable<JObject> States(License license)
    {
        var direct = license.DirectlyDisabled is { } disabled ? [State(license, null, disabled)] : (JObject[])[];
        return direct.Concat(license.Grants.Select(grant => State(license, grant.Group.Id, grant.License.DisabledPlans)));
    }

    private static IEnumerable<JObject> Failed(Group group, string error) => group.Licenses.Select(license => new JObject
    {
        ["skuId"] = license.Sku.Id,
        ["disabledPlans"] = new JArray(license.DisabledPlans),
        ["assignedByGroup"] = group.Id,
        ["state"] = "Error",
        ["error"] = error,
    });

    private static JObject State(License license, string? groupId, IEnumerable<string> disabledPlans) => new()
    {
        ["skuId"] = license.Sku.Id,
        ["disabledPlans"] = new JArray(disabledPlans),
        ["assignedByGroup"] = groupId,
        ["state"] = "Active",
        ["error"] = "None",
    };
}
