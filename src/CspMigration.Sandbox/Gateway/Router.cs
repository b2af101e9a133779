using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;

namespace CspMigration.Sandbox.Gateway;

/// <summary>Finds the route of a path, in any casing; a fixed segment goes before an id.</summary>
internal sealed class Router
{
    private readonly Node _root = new();

    public Router(IEnumerable<Route> routes)
    {
        foreach (var route in routes)
        {
            Add(route);
        }
    }

    /// <summary>The names of all paths.</summary>
    public HashSet<string> Templates { get; } = new(Same.Comparer);

    /// <exception cref="GatewayException">No such path, or not with this method.</exception>
    public RouteMatch Match(string method, string path)
    {
        var parameters = new Dictionary<string, string>(Same.Comparer);
        var routes = Find(_root, Segments(path), 0, parameters) ?? throw Refuse.NoSuchRoute(path);
        return routes.TryGetValue(method, out var route)
            ? new RouteMatch(route, parameters)
            : throw Refuse.MethodNotAllowed(method);
    }

    private static string[] Segments(string path) => path.Trim('/').Split('/');

    private static Dictionary<string, Route>? Find(Node node, string[] segments, int index, Dictionary<string, string> parameters)
    {
        if (index == segments.Length)
        {
            return node.Routes.Count > 0 ? node.Routes : null;
        }

        var segment = segments[index];
        if (node.Fixed.TryGetValue(segment, out var next) && Find(next, segments, index + 1, parameters) is { } routes)
        {
            return routes;
        }

        if (node.Parameter == null || segment.Length == 0)
        {
            return null;
        }

        parameters[node.ParameterName] = Uri.UnescapeDataString(segment);
        return Find(node.Parameter, segments, index + 1, parameters);
    }

    private void Add(Route route)
    {
        var node = Segments(route.Template).Aggregate(_root, (current, segment) => current.Child(segment));
        node.Routes.Add(route.Method, route);
        _ = Templates.Add(route.Template);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Fixed { get; } = new(Same.Comparer);

        public Node? Parameter { get; private set; }

        public string ParameterName { get; private set; } = "";

        public Dictionary<string, Route> Routes { get; } = new(Same.Comparer);

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
