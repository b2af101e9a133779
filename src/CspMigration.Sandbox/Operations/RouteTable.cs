using System.Linq;
using CspMigration.Sandbox.Operations.Carts;
using CspMigration.Sandbox.Operations.Customers;
using CspMigration.Sandbox.Operations.Graph;
using CspMigration.Sandbox.Operations.Migrations;
using CspMigration.Sandbox.Operations.Offers;
using CspMigration.Sandbox.Operations.Orders;
using CspMigration.Sandbox.Operations.Partner;
using CspMigration.Sandbox.Operations.Subscriptions;
using CspMigration.Sandbox.Operations.Transitions;
using CspMigration.Sandbox.Operations.Users;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.SignIn;

namespace CspMigration.Sandbox.Operations;

/// <summary>All operations of the service.</summary>
internal static class RouteTable
{
    public static Router Router { get; } = new(new[]
    {
        CustomerOperations.Routes,
        SubscriptionOperations.Routes,
        OfferOperations.Routes,
        OrderOperations.Routes,
        ConversionOperations.Routes,
        UpgradeOperations.Routes,
        TransitionOperations.Routes,
        MigrationOperations.Routes,
        ScheduleOperations.Routes,
        ProductOperations.Routes,
        TermEndOperations.Routes,
        CartOperations.Routes,
        UserOperations.Routes,
        GraphOperations.Routes,
        ProfileOperations.Routes,
        RelationshipRequestOperations.Routes,
        QualificationOperations.Routes,
        MultiFactorOperations.Routes,
        AgreementOperations.Routes,
        AuditOperations.Routes,
        AddressOperations.Routes,
        PromotionOperations.Routes,
        CountryOperations.Routes,
        DomainOperations.Routes,
        RelationshipOperations.Routes,
        SignInOperations.Routes,
        UnmodeledRoutes.Routes,
    }.SelectMany(routes => routes));
}
