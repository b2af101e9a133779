using System.Collections.Generic;
using CspMigration.HelpBuilder.Cmdlets;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>The words on a cmdlet, checked against the cmdlet.</summary>
internal sealed record CmdletHelp
{
    public required Cmdlet Cmdlet { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The paragraphs on each parameter, by its name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>What can be piped in: a type or a kind of object, and words on it.</summary>
    public required IReadOnlyList<(string Type, IReadOnlyList<string> Text)> Inputs { get; init; }

    public required IReadOnlyList<(string Type, IReadOnlyList<string> Text)> Outputs { get; init; }

    /// <summary>What can go wrong and what to do.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>Related cmdlets and topics, and links with an address.</summary>
    public required IReadOnlyList<(string Text, string? Address)> Links { get; init; }
}
