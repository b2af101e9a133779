using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Routing;

/// <summary>Finds the family of a path by its segments.</summary>
internal static class RouteFamilies
{
    public static RouteFamily Of(string path)
    {
        var segments = path.Split('/');
        if (segments.Contains("subscriptions", AnyCase.Comparer))
        {
            return RouteFamily.Subscriptions;
        }

        return segments.Contains("orders", AnyCase.Comparer) || segments.Contains("carts", AnyCase.Comparer) ? RouteFamily.Orders : RouteFamily.Others;
    }
}
