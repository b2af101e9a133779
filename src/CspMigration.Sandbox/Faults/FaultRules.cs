using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Faults;

/// <summary>The faults in force.</summary>
internal sealed class FaultRules
{
    private static readonly string[] Methods = ["*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private readonly HashSet<string> _routes;
    private IReadOnlyList<FaultRule> _rules = [];

    /// <param name="routes">The route names that a fault may use.</param>
    public FaultRules(HashSet<string> routes)
    {
        _routes = routes;
    }

    /// <exception cref="ArgumentException">One of them is not valid; the former rules stay.</exception>
    public void Set(IEnumerable<FaultRule> rules) => _rules = rules.Select(Checked).ToList();

    /// <summary>Counts the request in every rule and returns the actions that hit it, in the order of the rules.</summary>
    public IReadOnlyList<FaultAction> ActionsFor(string method, string? route)
    {
        var rules = _rules;
        return rules.Count == 0 ? [] : rules.Where(rule => rule.Hits(method, route)).Select(rule => rule.Action).ToList();
    }

    private FaultRule Checked(FaultRule rule)
    {
        if (!Methods.Contains(rule.Method, AnyCase.Comparer))
        {
            throw new ArgumentException($"There is no method \"{rule.Method}\". Known are: {string.Join(", ", Methods)}.");
        }

        if (rule.Route != "*" && !_routes.Contains(rule.Route))
        {
            throw new ArgumentException(
                $"There is no route \"{rule.Route}\". Known are *, {string.Join(", ", _routes.OrderBy(route => route, StringComparer.Ordinal))}.");
        }

        if (rule.Skip < 0 || rule.Times < 0)
        {
            throw new ArgumentException("skip and times must not be negative.");
        }

        return rule;
    }
}
