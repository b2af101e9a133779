using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace CspMigration.TestSupport.Architecture;

/// <summary>
/// The namespaces of an assembly and how they refer to one another, read from what was compiled: signatures, attributes and method
/// bodies. Constants and <c>nameof</c> leave no trace there.
/// </summary>
public sealed class NamespaceGraph
{
    /// <summary>What the root namespace itself is called.</summary>
    public const string Root = "(root)";

    private readonly ILookup<string, NamespaceArrow> _byFrom;

    private NamespaceGraph(IReadOnlyList<string> namespaces, IReadOnlyList<NamespaceArrow> arrows)
    {
        Namespaces = namespaces;
        Arrows = arrows;
        _byFrom = arrows.ToLookup(arrow => arrow.From, StringComparer.Ordinal);
    }

    /// <summary>All namespaces with a type in them, without the root namespace in front; <see cref="Root"/> for that one.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    /// <summary>Each pair of namespaces once.</summary>
    public IReadOnlyList<NamespaceArrow> Arrows { get; }

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">An assembly that is a file.</param>
    /// <param name="rootNamespace">The namespace all of its own types are in; null where it is called like the assembly.</param>
    public static NamespaceGraph Of(Assembly assembly, string? rootNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Of(assembly.Location, rootNamespace ?? assembly.GetName().Name!);
    }

    /// <summary>Reads an assembly that need not be loaded.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="root">The namespace all of its own types are in.</param>
    public static NamespaceGraph Of(string path, string root)
    {
        var references = CompiledReferences.Read(path);
        var namespaces = references.Namespaces.Select(name => Relative(name, root)).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var arrows =
            from reference in references.All
            let @from = Relative(reference.FromNamespace, root)
            let to = Relative(reference.ToNamespace, root)
            where @from is not null && to is not null && @from != to
            group reference by (From: @from, To: to) into pair
            orderby pair.Key.From, pair.Key.To
            select new NamespaceArrow(pair.Key.From, pair.Key.To, pair.OrderBy(IsCompilerMade).ThenBy(reference => reference.Member, StringComparer.Ordinal).First().ToString());
        return new NamespaceGraph(namespaces, [.. arrows]);
    }

    /// <summary>The shortest way from a namespace back to itself; empty where there is none.</summary>
    public IReadOnlyList<NamespaceArrow> ShortestCycle()
    {
        return Namespaces.Select(CycleThrough).Where(cycle => cycle.Count > 0).MinBy(cycle => cycle.Count) ?? [];
    }

    /// <summary>How many namespaces stand in a cycle.</summary>
    public int CountInCycles() => Namespaces.Count(name => CycleThrough(name).Count > 0);

    // Breadth first, so that the first way found is a shortest one.
    private List<NamespaceArrow> CycleThrough(string start)
    {
        var reachedBy = new Dictionary<string, NamespaceArrow>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var name))
        {
            foreach (var arrow in _byFrom[name].Where(arrow => reachedBy.TryAdd(arrow.To, arrow)))
            {
                queue.Enqueue(arrow.To);
            }
        }

        var cycle = new List<NamespaceArrow>();
        for (var at = start; reachedBy.TryGetValue(at, out var arrow); at = arrow.From)
        {
            cycle.Insert(0, arrow);
            if (arrow.From == start)
            {
                break;
            }
        }

        return cycle;
    }

    // An example that stands in the source is better than one the compiler named.
    private static bool IsCompilerMade(CompiledReferences.Reference reference) => reference.Member.Contains('<', StringComparison.Ordinal);

    private static string? Relative(string name, string root) =>
        name == root ? Root : name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..] : null;
}
