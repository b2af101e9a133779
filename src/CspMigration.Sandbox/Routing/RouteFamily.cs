namespace CspMigration.Sandbox.Routing;

/// <summary>The API families, each with its own rate limit.</summary>
internal enum RouteFamily
{
    Subscriptions,
    Orders,
    Others,
}
