using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>The routes of scheduled migrations.</summary>
internal static class ScheduleOperations
{
    private const string Schedules = "/v1/customers/{customerId}/migrations/newcommerce/schedules";
    private const string Schedule = Schedules + "/{scheduleId}";

    public static IEnumerable<Route> Routes =>
    [
        new("POST", Schedules, Needs.Relationship, Create) { Audited = new("create_new_commerce_migration_schedule", "new_commerce_migration") },
        new("GET", Schedule, Needs.Relationship, call => Answer.Ok(MigrationResource.Of(Find(call)))),
        new("PUT", Schedule, Needs.Relationship, Replace) { Audited = new("update_new_commerce_migration_schedule", "new_commerce_migration") },
        new("POST", Schedule + "/cancel", Needs.Relationship, Cancel) { Audited = new("cancel_new_commerce_migration_schedule", "new_commerce_migration") },
        new("GET", "/v1/migrations/newcommerce/schedules", Needs.None, List),
    ];

    private static Answer Create(Call call)
    {
        var schedule = new MigrationSchedule(call.Context, ScheduleRequest.Read(call.Body, call.Now));
        Check(call, schedule);
        call.Account.Begin(schedule);
        return Answer.Created(MigrationResource.Of(schedule));
    }

    // As a PUT it resets omitted members; the subscription cannot change.
    private static Answer Replace(Call call)
    {
        var schedule = FindOpen(call);
        var request = ScheduleRequest.Read(call.Body, call.Now);
        if (!AnyCase.AreEqual(request.Migration.SubscriptionId, schedule.Request.Migration.SubscriptionId))
        {
            throw Refusals.InvalidProperty("currentSubscriptionId", "a schedule stays with its subscription.");
        }

        var replacement = new MigrationSchedule(call.Context, request);
        Check(call, replacement, replaced: schedule);
        schedule.Replace(replacement);
        return Answer.Ok(MigrationResource.Of(schedule));
    }

    private static Answer Cancel(Call call)
    {
        var schedule = FindOpen(call);
        schedule.Cancel(call.Now);
        return Answer.Ok(MigrationResource.Of(schedule));
    }

    private static Answer List(Call call) => MigrationQuery.Of(call).Answer<MigrationSchedule>(
        schedule => schedule.Customer,
        schedule => [schedule.Request.Migration.SubscriptionId, .. schedule.Request.Migration.AddOns.Select(addOn => addOn.SubscriptionId)],
        schedule => schedule.Request.Migration.ExternalReferenceId,
        MigrationResource.Of);

    // The migration has to be eligible on its date, as far as that is known now.
    private static void Check(Call call, MigrationSchedule schedule, MigrationSchedule? replaced = null)
    {
        var source = MigrationPlan.Find(call.Context, schedule.Request.Migration.SubscriptionId);
        if (call.Account.Processes.OfType<MigrationSchedule>().Any(other => other != replaced && other.IsFor(source)))
        {
            throw Refusals.NotMigratable(source, MigrationError.BeingProcessed, "a migration of it is scheduled already");
        }

        if (schedule.Plan.Refusal() is { } refusal)
        {
            throw refusal;
        }
    }

    private static MigrationSchedule Find(Call call)
    {
        var id = call["scheduleId"];
        return call.Account.Processes.OfType<MigrationSchedule>().FirstOrDefault(schedule => AnyCase.AreEqual(schedule.Id, id)) ?? throw Refusals.NoSuchSchedule(id);
    }

    private static MigrationSchedule FindOpen(Call call) =>
        Find(call) is { Status: MigrationSchedule.Created } schedule ? schedule : throw Refusals.ScheduleClosed(call["scheduleId"]);
}
