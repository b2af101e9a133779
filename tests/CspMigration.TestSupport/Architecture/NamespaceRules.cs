using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace CspMigration.TestSupport.Architecture;

/// <summary>Which namespaces of an assembly may refer to which others.</summary>
public static class NamespaceRules
{
    private const string Any = "*";

    /// <summary>Checks an assembly against a table of allowed arrows.</summary>
    /// <param name="assembly">An assembly that is a file.</param>
    /// <param name="allowed">
    /// A line a namespace: <c>Http -> Errors, Spelling</c>. Names have no root namespace in front; <c>(root)</c> is that one itself, and
    /// <c>*</c> stands for any namespace.
    /// </param>
    /// <param name="rootNamespace">The namespace all of its own types are in; null where it is called like the assembly.</param>
    /// <returns>What is wrong: a namespace without a line or a line without a namespace, an arrow that is not allowed, the shortest cycle. Empty where nothing is.</returns>
    public static IReadOnlyList<string> Check(Assembly assembly, string allowed, string? rootNamespace = null)
    {
        return Check(NamespaceGraph.Of(assembly, rootNamespace), allowed);
    }

    /// <summary>Checks the namespaces of an assembly against a table of allowed arrows.</summary>
    /// <inheritdoc cref="Check(Assembly, string, string?)"/>
    public static IReadOnlyList<string> Check(NamespaceGraph graph, string allowed)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(allowed);
        var rules = allowed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split("->", StringSplitOptions.TrimEntries))
            .ToDictionary(sides => sides[0], sides => sides.Length < 2 ? [] : sides[1].Split(',', StringSplitOptions.TrimEntries), StringComparer.Ordinal);
        var cycle = graph.ShortestCycle();
        return
        [
            .. graph.Namespaces.Where(name => !rules.ContainsKey(name)).Select(name => $"{name} is a namespace without a rule."),
            .. rules.Keys.Concat(rules.Values.SelectMany(names => names)).Distinct().Except([.. graph.Namespaces, Any, ""]).Select(name => $"{name} is a rule without a namespace."),
            .. graph.Arrows.Where(arrow => rules.TryGetValue(arrow.From, out var names) && !names.Contains(arrow.To) && !names.Contains(Any)).Select(arrow => $"Not allowed: {arrow}."),
            .. cycle.Count == 0 ? Array.Empty<string>() : [$"A cycle: {string.Join(", ", cycle)}."],
        ];
    }
}
