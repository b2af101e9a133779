using System.Threading;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Faults;

/// <summary>One fault, and how many requests have matched it.</summary>
internal sealed class FaultRule
{
    private int _matched;

    public FaultRule(string method, string route, int skip, int times, FaultAction action)
    {
        Method = method;
        Route = route;
        Skip = skip;
        Times = times;
        Action = action;
    }

    /// <summary>A method, or <c>*</c>.</summary>
    public string Method { get; }

    /// <summary>The name of a route, or <c>*</c>.</summary>
    public string Route { get; }

    /// <summary>How many matching requests pass first.</summary>
    public int Skip { get; }

    /// <summary>How many requests it hits after that.</summary>
    public int Times { get; }

    public FaultAction Action { get; }

    /// <summary>Counts the request if it matches; true if the fault hits it.</summary>
    public bool Hits(string method, string? route)
    {
        if (!Matches(Method, method) || !Matches(Route, route))
        {
            return false;
        }

        var matched = Interlocked.Increment(ref _matched);
        return matched > Skip && matched <= (long)Skip + Times;
    }

    private static bool Matches(string pattern, string? text) => pattern == "*" || AnyCase.AreEqual(pattern, text);
}
