using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>Users, licenses and subscribed SKUs as the service writes them.</summary>
internal static class UserResource
{
    public static JObject Of(Customer customer, User user)
    {
        var resource = new JObject();
        resource.SetIfAny("usageLocation", user.UsageLocation);
        resource["id"] = user.Id;
        resource["userPrincipalName"] = user.UserPrincipalName;
        resource["firstName"] = user.FirstName;
        resource["lastName"] = user.LastName;
        resource["displayName"] = user.DisplayName;
        resource["userDomainType"] = "none";
        resource["state"] = user.IsDeleted ? "inactive" : "active";
        if (user.DeletedOn is { } deletedOn)
        {
            resource["softDeletionTime"] = Json.Moment(deletedOn);
        }

        resource["links"] = Json.SelfLink($"/customers/{customer.Id}/users/{user.Id}");
        resource["attributes"] = Json.Attributes("CustomerUser");
        return resource;
    }

    public static JObject Of(License license) => new()
    {
        // A plan that is switched off has "Disabled" instead of "Assigned".
        ["servicePlans"] = new JArray(license.Sku.Plans.Select(plan => Of(plan, license.IsDisabled(plan) ? "Disabled" : "Assigned"))),
        ["productSku"] = new JObject
        {
            ["id"] = license.Sku.Id,
            ["name"] = license.Sku.Name,
            ["skuPartNumber"] = license.Sku.PartNumber,
            ["licenseGroupId"] = license.Sku.LicenseGroup,
        },
        ["attributes"] = Json.Attributes("License"),
    };

    public static JObject Of(SeatPool pool) => new()
    {
        ["availableUnits"] = pool.Available,
        ["activeUnits"] = pool.Active,
        ["consumedUnits"] = pool.Consumed,
        ["suspendedUnits"] = pool.Suspended,
        ["totalUnits"] = pool.Total,
        ["warningUnits"] = pool.Warning,
        ["productSku"] = new JObject
        {
            ["id"] = pool.Sku.Id,
            ["name"] = pool.Sku.Name,
            ["skuPartNumber"] = pool.Sku.PartNumber,
            ["targetType"] = pool.Sku.TargetType,
            ["licenseGroupId"] = pool.Sku.LicenseGroup,
        },
        ["servicePlans"] = new JArray(pool.Sku.Plans.Select(plan => Of(plan, "Enabled"))),
        ["capabilityStatus"] = pool switch
        {
            { Active: > 0 } => "Enabled",
            { Warning: > 0 } => "Warning",
            { Suspended: > 0 } => "Suspended",
            _ => "Deleted",
        },
        ["attributes"] = Json.Attributes("SubscribedSku"),
    };

    private static JObject Of(ServicePlan plan, string capabilityStatus) => new()
    {
        ["displayName"] = plan.DisplayName,
        ["serviceName"] = plan.Name,
        ["id"] = plan.Id,
        ["capabilityStatus"] = capabilityStatus,
        ["targetType"] = plan.TargetType,
    };
}
