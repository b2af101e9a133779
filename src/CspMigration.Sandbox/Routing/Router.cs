using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Routing;

/// <summary>Finds the route of a path, in any casing and with doubled slashes; a fixed segment has priority over an id.</summary>
internal sealed class Router
{
    private readonly Node _root = new();

    public Router(IEnumerable<Route> routes)
    {
        Routes = routes.ToList();
        foreach (var route in Routes)
        {
            Add(route);
        }
    }

    /// <summary>All routes.</summary>
    public IReadOnlyList<Route> Routes { get; }

    /// <summary>The names of all paths.</summary>
    public HashSet<string> Templates { get; } = new(AnyCase.Comparer);

    /// <exception cref="GatewayException">No such path, or not with this method.</exception>
    public RouteMatch Match(string method, string path)
    {
        var parameters = new Dictionary<string, string>(AnyCase.Comparer);
        var routes = Find(_root, Segments(path), 0, parameters) ?? throw Refusals.NoSuchRoute(path);
        return routes.TryGetValue(method, out var route) || routes.TryGetValue(Route.AnyMethod, out route)
            ? new RouteMatch(route, parameters)
            : throw Refusals.MethodNotAllowed(method);
    }

    // Two public clients send doubled slashes in next links, and the service accepts them.
    private static string[] Segments(string path) => path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, Route>? Find(Node node, string[] segments, int index, Dictionary<string, string> parameters)
    {
        if (index == segments.Length)
        {
            return node.Routes.Count > 0 ? node.Routes : node.Below;
        }

        var segment = segments[index];
        if (node.Fixed.TryGetValue(segment, out var next) && Find(next, segments, index + 1, parameters) is { } routes)
        {
            return routes;
        }

        if (node.Parameter == null)
        {
            return node.Below;
        }

        parameters[node.ParameterName] = Uri.UnescapeDataString(segment);
        return Find(node.Parameter, segments, index + 1, parameters) ?? node.Below;
    }

    private void Add(Route route)
    {
        var isBelow = route.Template.EndsWith(Route.Below, StringComparison.Ordinal);
        var path = isBelow ? route.Template.Substring(0, route.Template.Length - Route.Below.Length) : route.Template;
        var node = Segments(path).Aggregate(_root, (current, segment) => current.Child(segment));
        (isBelow ? node.Below ??= new(AnyCase.Comparer) : node.Routes).Add(route.Method, route);
        _ = Templates.Add(route.Template);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Fixed { get; } = new(AnyCase.Comparer);

        public Node? Parameter { get; private set; }

        public string ParameterName { get; private set; } = "";

        public Dictionary<string, Route> Routes { get; } = new(AnyCase.Comparer);

        /// <summary>The routes for this path and for every path below it without its own route.</summary>
        public Dictionary<string, Route>? Below { get; set; }

        public Node Child(string segment)
        {
            if (segment.StartsWith("{", StringComparison.Ordinal))
            {
                ParameterName = segment.Trim('{', '}');
                return Parameter ??= new Node();
            }

            if (!Fixed.TryGetValue(segment, out var child))
            {
                child = new Node();
                Fixed.Add(segment, child);
            }

            return child;
        }
    }
}
