using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Routing;

/// <summary>Tells the family of a path by what is in it.</summary>
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
