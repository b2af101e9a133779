using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.HelpBuilder.Cmdlets;

/// <summary>What the assembly says of a cmdlet.</summary>
internal sealed record Cmdlet(string Verb, string Noun, string? DefaultSet, IReadOnlyList<CmdletParameter> Parameters, IReadOnlyList<string> OutputTypes)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The names of the parameter sets, the default one first; one unnamed set where there is no other.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            var named = Parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).OfType<string>().Distinct();
            var sets = named.OrderByDescending(set => set == DefaultSet).ToList();
            return sets.Count == 0 ? [""] : sets;
        }
    }

    /// <summary>The types that objects in the pipeline bind by.</summary>
    public IReadOnlyList<string> PipedTypes
    {
        get
        {
            var piped = Parameters.Where(parameter => parameter.Uses.Any(use => use.ByValue));
            return [.. piped.Select(parameter => parameter.TypeName).Distinct()];
        }
    }

    public bool BindsByPropertyName => Parameters.Any(parameter => parameter.Uses.Any(use => use.ByPropertyName));

    /// <summary>Whether it has a parameter; the name begins with its hyphen.</summary>
    public bool Has(string parameter) => Parameters.Any(own => string.Equals($"-{own.Name}", parameter, StringComparison.Ordinal));
}
