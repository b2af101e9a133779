using System.Collections.Generic;
using Markdig.Syntax;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>A heading and what stands below it.</summary>
internal sealed record Section(string Title, int Line)
{
    /// <summary>The blocks before the first heading one level down.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>The sections one level down.</summary>
    public List<Section> Sections { get; } = [];

    /// <summary>The blocks as paragraphs of plain text.</summary>
    public IReadOnlyList<string> Paragraphs => PlainText.Of(Blocks);
}
