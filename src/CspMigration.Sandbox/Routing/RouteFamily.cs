namespace CspMigration.Sandbox.Routing;

/// <summary>The families of operations, each of which is limited in rate on its own.</summary>
internal enum RouteFamily
{
    Subscriptions,
    Orders,
    Others,
}
