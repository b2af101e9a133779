using System.Collections.Generic;

namespace CspMigration.Sandbox.Routing;

/// <summary>A route and the ids in the path.</summary>
internal sealed class RouteMatch
{
    public RouteMatch(Route route, IReadOnlyDictionary<string, string> parameters)
    {
        Route = route;
        Parameters = parameters;
    }

    public Route Route { get; }

    public IReadOnlyDictionary<string, string> Parameters { get; }
}
