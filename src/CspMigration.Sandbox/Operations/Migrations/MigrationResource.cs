using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>Eligibilities, migrations, events and schedules as the service writes them, with billing cycles in PascalCase.</summary>
internal static class MigrationResource
{
    public static JObject Eligibility(MigrationPlan plan)
    {
        var resource = Eligibility(plan.Main);
        if (plan.AddOns.Count > 0)
        {
            if (plan.Main.Errors.Count == 0 && !plan.IsEligible)
            {
                resource["isEligible"] = false;
                resource["errors"] = new JArray(Error(MigrationError.AddOnNotEligible, "it has add-ons that cannot be migrated"));
            }

            resource["addOnMigrations"] = new JArray(plan.AddOns.Select(Eligibility));
        }

        return resource;
    }

    public static JObject Of(NewCommerceMigration migration)
    {
        var resource = Part(migration, migration.Plan.Main);
        resource["id"] = migration.Id;
        resource["startedTime"] = Json.Moment(migration.StartedOn);
        if (migration.CompletedOn is { } completedOn)
        {
            resource["completedTime"] = Json.Moment(completedOn);
        }

        resource["status"] = migration.Status;
        resource.SetIfAny("externalReferenceId", migration.Plan.Main.Request.ExternalReferenceId);
        resource["addOnMigrations"] = new JArray(migration.Plan.AddOns.Select(addOn => Part(migration, addOn)));
        return resource;
    }

    public static IEnumerable<JObject> Events(NewCommerceMigration migration, string? subscriptionId)
    {
        var part = subscriptionId == null ? migration.Plan.Main : migration.Plan.Parts.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Source.Id, subscriptionId));
        return part == null ? [] : migration.Events.Select(reached => new JObject
        {
            ["id"] = reached.Id,
            ["newCommerceMigrationId"] = migration.Id,
            ["currentSubscriptionId"] = part.Source.Id,
            ["customerTenantId"] = migration.Customer.Id,
            ["createdTime"] = Json.Moment(reached.CreatedOn),
            ["eventName"] = reached.Name,
        });
    }

    public static JObject Of(MigrationSchedule schedule)
    {
        var plan = schedule.Plan;
        var resource = Terms(plan.Main, schedule.Customer);
        resource["id"] = schedule.Id;
        resource["status"] = schedule.Status;
        resource["targetDate"] = schedule.Request.TargetDate is { } target ? Json.Moment(target) : null;
        resource["migrateOnRenewal"] = schedule.Request.IsAtRenewal;
        resource["createdTime"] = Json.Moment(schedule.CreatedOn);
        resource["lastModifiedTime"] = Json.Moment(schedule.ModifiedOn);
        resource.SetIfAny("externalReferenceId", schedule.Request.Migration.ExternalReferenceId);
        resource.SetIfAny("newCommerceMigrationId", schedule.Migration?.Id);
        if (schedule.Refusal is { } refusal)
        {
            resource["errorCode"] = refusal.Code;
            resource["errorDescription"] = refusal.Message;
        }

        // One name is in the documentation, the other in the .NET SDK.
        resource["addOnMigrations"] = new JArray(plan.AddOns.Select(addOn => Terms(addOn, schedule.Customer)));
        resource["addOnMigrationSchedules"] = resource["addOnMigrations"]!.DeepClone();
        return resource;
    }

    private static JObject Eligibility(MigrationPart part)
    {
        var resource = new JObject { ["currentSubscriptionId"] = part.Source.Id, ["isEligible"] = part.Errors.Count == 0 };
        if (part.Errors.Count > 0)
        {
            resource["errors"] = new JArray(part.Errors.Select(error => Error(error.Code, error.Description)));
            return resource;
        }

        resource["termDuration"] = part.Term;
        resource["billingCycle"] = Capitalized(part.BillingCycle);
        resource["catalogItemId"] = part.Item!.CatalogItemId;
        if (part.Request.TermEnd is { } end)
        {
            resource["customTermEndDate"] = Json.Moment(end);
        }

        return resource;
    }

    private static JObject Error(MigrationError code, string why) => new()
    {
        ["code"] = (int)code,
        ["description"] = $"Subscription cannot be migrated to New Commerce because {why}",
    };

    private static JObject Part(NewCommerceMigration migration, MigrationPart part)
    {
        var resource = Terms(part, migration.Customer);
        resource.SetIfAny("newCommerceSubscriptionId", part.Result?.Id);
        resource.SetIfAny("newCommerceOrderId", migration.OrderId);
        return resource;
    }

    private static JObject Terms(MigrationPart part, Customer customer)
    {
        var resource = new JObject { ["currentSubscriptionId"] = part.Source.Id, ["customerTenantId"] = customer.Id };
        resource.SetIfAny("catalogItemId", part.Item?.CatalogItemId);
        resource["subscriptionEndDate"] = Json.Moment(part.EndsOn);
        resource["quantity"] = part.Quantity;
        resource["termDuration"] = part.Term;
        resource["billingCycle"] = Capitalized(part.BillingCycle);
        resource["purchaseFullTerm"] = part.Request.PurchasesFullTerm;
        if (part.Request.TermEnd is { } end)
        {
            resource["customTermEndDate"] = Json.Moment(end);
        }

        return resource;
    }

    private static string Capitalized(string cycle) =>
        cycle.Length == 0 ? cycle : cycle.Substring(0, 1).ToUpper(CultureInfo.InvariantCulture) + cycle.Substring(1);
}
