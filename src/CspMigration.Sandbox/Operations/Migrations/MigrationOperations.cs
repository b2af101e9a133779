using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>
/// The service's own migration of legacy subscriptions to new commerce. It needs the same SKU in new commerce, which retired
/// products do not have.
/// </summary>
internal static class MigrationOperations
{
    private const string Migrations = "/v1/customers/{customerId}/migrations/newcommerce";

    public static IEnumerable<Route> Routes =>
    [
        new("POST", Migrations + "/validate", Needs.Relationship, Validate),
        new("POST", Migrations, Needs.Relationship, Create) { Audited = new("create_new_commerce_migration", "new_commerce_migration") },
        new("GET", Migrations + "/{migrationId}", Needs.Relationship, call => Answer.Ok(MigrationResource.Of(Find(call, call["migrationId"])))),
        new("GET", Migrations + "/events", Needs.Relationship, Events),
        new("GET", "/v1/migrations/newcommerce", Needs.None, List),
    ];

    private static Answer Validate(Call call) => Answer.Ok(MigrationResource.Eligibility(MigrationPlan.Of(call.Context, MigrationRequest.Read(call.Body))));

    private static Answer Create(Call call)
    {
        var plan = MigrationPlan.Of(call.Context, MigrationRequest.Read(call.Body));
        if (plan.Refusal() is { } refusal)
        {
            throw refusal;
        }

        Purchases.CheckCustomer(call.Context);
        var migration = new NewCommerceMigration(call.Context, plan);
        call.Account.Begin(migration);
        return Answer.Created(MigrationResource.Of(migration));
    }

    private static NewCommerceMigration Find(Call call, string id) =>
        call.Account.Processes.OfType<NewCommerceMigration>().FirstOrDefault(migration => AnyCase.AreEqual(migration.Id, id)) ?? throw Refusals.NoSuchMigration(id);

    // A bare array. The documentation has the first names in its table and the second in its examples.
    private static Answer Events(Call call)
    {
        var migrationId = call.Query["migration_id"] ?? call.Query["MigrationId"];
        var subscriptionId = call.Query["current_subscription_id"] ?? call.Query["CurrentSubscriptionId"];
        if (migrationId == null && subscriptionId == null)
        {
            throw Refusals.BadInput("The query has neither migration_id nor current_subscription_id.");
        }

        var migrations = migrationId == null ? call.Account.Processes.OfType<NewCommerceMigration>() : [Find(call, migrationId)];
        return Answer.Ok(new JArray(migrations.SelectMany(migration => MigrationResource.Events(migration, subscriptionId))));
    }

    private static Answer List(Call call) => MigrationQuery.Of(call).Answer<NewCommerceMigration>(
        migration => migration.Customer,
        migration => migration.Plan.Parts.Select(part => part.Source.Id),
        migration => migration.Plan.Main.Request.ExternalReferenceId,
        MigrationResource.Of);
}
