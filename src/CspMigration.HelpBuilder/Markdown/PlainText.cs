using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CspMigration.HelpBuilder.Markdown;

/// <summary>Markdown as the plain text a console shows.</summary>
internal static class PlainText
{
    /// <summary>Blocks as paragraphs; an item of a list is a paragraph that begins with a hyphen, code keeps its lines.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Paragraphs)];

    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
        {
            _ = text.Append(Of(inline));
        }

        return text.ToString();
    }

    /// <summary>Whether a block is of the kinds that plain text can show.</summary>
    public static bool CanShow(Block block)
    {
        return block switch
        {
            ParagraphBlock paragraph => CanShow(paragraph.Inline!),
            ListBlock list => list.OfType<ListItemBlock>().All(item => item.All(part => part is ParagraphBlock && CanShow(part))),
            CodeBlock => true,
            _ => false,
        };
    }

    /// <summary>The lines of a code block.</summary>
    public static string Of(CodeBlock code) => string.Join('\n', code.Lines.Lines.Take(code.Lines.Count).Select(line => line.ToString()));

    private static IEnumerable<string> Paragraphs(Block block)
    {
        return block switch
        {
            ParagraphBlock paragraph => [Of(paragraph.Inline)],
            ListBlock list => list.OfType<ListItemBlock>().Select(item => $"- {string.Join(' ', Of(item))}"),
            CodeBlock code => [Of(code)],
            _ => throw new ArgumentException($"CanShow says no to a {block.GetType().Name}.", nameof(block)),
        };
    }

    private static string Of(Inline inline)
    {
        return inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            LinkInline link => Of((ContainerInline)link) is var text && text == link.Url ? text : $"{text} ({link.Url})",
            AutolinkInline link => link.Url,
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            ContainerInline container => Of(container),
            _ => throw new ArgumentException($"CanShow says no to a {inline.GetType().Name}.", nameof(inline)),
        };
    }

    private static bool CanShow(ContainerInline inlines)
    {
        return inlines.All(inline => inline switch
        {
            LinkInline { IsImage: true } => false,
            ContainerInline container => CanShow(container),
            _ => inline is LiteralInline or CodeInline or LineBreakInline or AutolinkInline or HtmlEntityInline,
        });
    }
}
