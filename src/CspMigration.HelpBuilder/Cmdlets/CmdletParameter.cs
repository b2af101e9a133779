using System.Collections.Generic;
using System.Linq;

namespace CspMigration.HelpBuilder.Cmdlets;

/// <summary>What the assembly says of a parameter.</summary>
internal sealed record CmdletParameter
{
    public required string Name { get; init; }

    /// <summary>The type's short name, such as <c>String[]</c>.</summary>
    public required string TypeName { get; init; }

    public required string FullTypeName { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The only values it takes; empty where it takes others.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    public required bool AcceptsWildcards { get; init; }

    /// <summary>How it is used in each parameter set.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }

    public bool IsSwitch => TypeName == "SwitchParameter";

    public bool IsArray => TypeName.EndsWith(']');

    /// <summary>How it is used in a set; null where it is not part of it.</summary>
    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set is null || use.Set == set);

    /// <summary>All its uses as one, for the description that is not of a set: mandatory where it is so in each.</summary>
    public ParameterUse Combined => new(
        Set: null,
        IsMandatory: Uses.All(use => use.IsMandatory),
        Position: Uses.Select(use => use.Position).FirstOrDefault(position => position is not null),
        ByValue: Uses.Any(use => use.ByValue),
        ByPropertyName: Uses.Any(use => use.ByPropertyName));

    /// <summary>Where it stands among the parameters of a set: those with a position, the mandatory ones, then as declared.</summary>
    public static (int Position, bool IsOptional) Order(ParameterUse use) => (use.Position ?? int.MaxValue, !use.IsMandatory);
}
