using System.Linq;
using CspMigration.Sandbox.Gateway;

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
        ProductOperations.Routes,
        CartOperations.Routes,
        UserOperations.Routes,
        ProfileOperations.Routes,
    }.SelectMany(routes => routes));
}
